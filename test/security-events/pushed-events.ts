import { randomUUID } from 'node:crypto';
import type { SecurityEventInput, PushedSecurityEvent } from '../../sandbox/index.js';
import { sandboxClientId, type TestApp } from '../harness/test-app.js';

const receiverPath = '/security-events/google';

/** Lets Google push an event to an app, for the deployment's OAuth client unless said otherwise. */
export function pushed(
  app: TestApp,
  event: Omit<SecurityEventInput, 'endpoint' | 'audience'> & { audience?: string | string[] },
): Promise<PushedSecurityEvent> {
  return app.google.pushSecurityEvent({
    endpoint: app.url + receiverPath,
    audience: sandboxClientId,
    ...event,
  });
}

/** Pushes a token as it is, once more or changed. */
export function posted(
  app: TestApp,
  token: string,
  contentType = 'application/secevent+jwt',
): Promise<Response> {
  return fetch(app.url + receiverPath, {
    method: 'POST',
    headers: { 'content-type': contentType },
    body: token,
  });
}

export interface Marked {
  verdict: string;
  errorReason: string | null;
  oauthStatus: string;
  holdsToken: boolean;
  /** Its next refresh is due. */
  isDue: boolean;
}

/** What has become of an instance's grant. */
export async function markOf(app: TestApp, instanceId: string): Promise<Marked> {
  const [row] = await app.dataSource.query<Marked[]>(
    `SELECT c.verdict, c.error_reason AS "errorReason", c.oauth_status AS "oauthStatus",
       c.refresh_token IS NOT NULL AS "holdsToken", c.next_refresh_at <= evergrant_now() AS "isDue"
     FROM mcp_instances i JOIN mcp_credentials c ON c.id = i.credential_id WHERE i.id = $1`,
    [instanceId],
  );
  if (!row) throw new Error('The instance has no grant');
  return row;
}

/** A grant that nothing was done to. */
export const untouched: Marked = {
  verdict: 'active',
  errorReason: null,
  oauthStatus: 'completed',
  holdsToken: true,
  isDue: false,
};

/** An account that no other test touches. */
export async function newAccount(app: TestApp): Promise<string> {
  const account = `${randomUUID()}@sandbox.test`;
  await app.google.addAccount({ email: account });
  return account;
}
