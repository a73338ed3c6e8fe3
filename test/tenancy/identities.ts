import { randomUUID } from 'node:crypto';
import { PersonSessions } from '../../src/identity/index.js';
import { oauthServiceToken } from '../harness/oauth/oauth-service.js';
import { signedIn } from '../harness/signed-in.js';
import { type TestApp } from '../harness/test-app.js';
import type { Household } from './two-tenants.js';

type Headers = Record<string, string>;

function bearer(token: string): Headers {
  return { authorization: `Bearer ${token}` };
}

/** Whom a process lets sign in to which of the two tenants. */
export function signInsOf({ ours, theirs }: { ours: Household; theirs: Household }): string {
  return `ours.test=${ours.tenantId},theirs.test=${theirs.tenantId}`;
}

/** Identities without a right to `theirs`, and the headers that each sends. @param app with {@link signInsOf} */
export async function wrongIdentities(
  app: TestApp,
  { ours, theirs }: { ours: Household; theirs: Household },
): Promise<Record<string, Headers>> {
  const ownPage = { cookie: ours.sessionCookie, origin: app.url };
  return {
    'no credentials': {},
    'a made-up key': bearer(`eg_${'A'.repeat(43)}`),
    'an empty bearer': { authorization: 'Bearer ' },
    'another scheme': { authorization: `Basic ${Buffer.from(`x:${theirs.apiKey}`).toString('base64')}` },
    'another tenant’s key': bearer(ours.apiKey),
    'another tenant’s key that names the tenant': {
      ...bearer(ours.apiKey),
      'x-evergrant-tenant': theirs.tenantId,
    },
    'another tenant’s key that names it by name': {
      ...bearer(ours.apiKey),
      'x-evergrant-tenant': theirs.name,
    },
    'another tenant’s session': ownPage,
    'another tenant’s session that names the tenant': { ...ownPage, 'x-evergrant-tenant': theirs.tenantId },
    'a made-up session': { cookie: `evergrant_session=${'A'.repeat(43)}`, origin: app.url },
    'an expired key': bearer(await keyThatEnds(app, theirs, 'expired')),
    'a deleted key': bearer(await keyThatEnds(app, theirs, 'deleted')),
    'another tenant’s connect session': bearer(await connectSession(app, ours, [ours.instance.id])),
    'another tenant’s connect session for all of it': bearer(await connectSession(app, ours)),
    'the tenant’s connect session of other instances': bearer(
      await connectSession(app, theirs, [await anotherInstance(app, theirs)]),
    ),
    'a connect session that is over': bearer(await connectSession(app, theirs, undefined, 'over')),
    'a made-up connect session': bearer(`egcs_${'A'.repeat(43)}`),
    'the tenant’s own MCP token': bearer(theirs.instance.mcpToken),
    'another tenant’s MCP token': bearer(ours.instance.mcpToken),
    ...(await personIn(app, theirs, 'theirs.test')),
    'the OAuth service’s secret': bearer(oauthServiceToken),
  };
}

/** People call MCP, and see pages of ours: no route of the API is theirs, whichever tenant they are of. */
async function personIn(
  app: TestApp,
  { instance }: Household,
  domain: string,
): Promise<Record<string, Headers>> {
  const email = `${randomUUID()}@${domain}`;
  const { token, personId: id, tenantId } = await signedIn(app, { email, mailboxes: [], opened: [instance] });
  const session = await app.part(PersonSessions).open({ id, tenantId });
  return {
    'a token of a person of the tenant': bearer(token),
    'a session of a person of the tenant': { cookie: `evergrant_person=${session}`, origin: app.url },
  };
}

/** @param instanceIds all of the owner's without */
async function connectSession(
  app: TestApp,
  { apiKey }: Household,
  instanceIds?: string[],
  end?: 'over',
): Promise<string> {
  const input = instanceIds && { instanceIds };
  const { body } = await app.api<{ id: string; token: string }>(
    ...(['POST', '/api/connect-sessions', input, bearer(apiKey)] as const),
  );
  if (end === 'over')
    await app.dataSource.query(
      "UPDATE connect_sessions SET expires_at = evergrant_now() - interval '1 s' WHERE id = $1",
      [body.id],
    );
  return body.token;
}

async function anotherInstance(app: TestApp, { apiKey }: Household): Promise<string> {
  const name = { name: 'Another box' };
  return (await app.api<{ id: string }>('POST', '/api/instances', name, bearer(apiKey))).body.id;
}

async function keyThatEnds(app: TestApp, owner: Household, end: 'expired' | 'deleted'): Promise<string> {
  const keys = `/api/tenants/${owner.tenantId}/api-keys`;
  const { body } = await app.api<{ id: string; apiKey: string }>('POST', keys, { name: end });
  if (end === 'deleted') await app.api('DELETE', `${keys}/${body.id}`);
  else
    await app.dataSource.query(
      "UPDATE api_keys SET expires_at = evergrant_now() - interval '1 s' WHERE id = $1",
      [body.id],
    );
  return body.apiKey;
}
