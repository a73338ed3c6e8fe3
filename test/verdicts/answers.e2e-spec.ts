import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { FaultRuleInput } from '../../sandbox/index.js';
import { TestApp } from '../harness/test-app.js';

type Fault = FaultRuleInput['fault'];

const error = (status: number, code: string, more: object = {}): Fault => ({
  kind: 'error',
  status,
  body: { error: code, ...more },
});
const answer = (set: Record<string, unknown>, remove: string[] = []): Fault => ({
  kind: 'patch',
  set,
  remove,
});

const levels = { info: 30, warn: 40, error: 50 } as const;

/** What Google answers; the code, the HTTP status and the log level it comes to. Only three of them ask for a person. */
const table: [string, Fault, string, number, keyof typeof levels][] = [
  ['invalid_grant', error(400, 'invalid_grant'), 'INVALID_REFRESH_TOKEN', 401, 'warn'],
  [
    'invalid_rapt',
    error(400, 'invalid_grant', { error_subtype: 'invalid_rapt' }),
    'INVALID_REFRESH_TOKEN',
    401,
    'warn',
  ],
  ['invalid_scope', error(400, 'invalid_scope'), 'INSUFFICIENT_SCOPE', 403, 'warn'],
  ['admin_policy_enforced', error(400, 'admin_policy_enforced'), 'ADMIN_BLOCKED', 403, 'warn'],
  ['invalid_client', error(401, 'invalid_client'), 'DEPLOYMENT_CLIENT_REJECTED', 503, 'error'],
  ['deleted_client', error(401, 'deleted_client'), 'DEPLOYMENT_CLIENT_REJECTED', 503, 'error'],
  ['unauthorized_client', error(400, 'unauthorized_client'), 'DEPLOYMENT_CLIENT_REJECTED', 503, 'error'],
  [
    'unsupported_grant_type',
    error(400, 'unsupported_grant_type'),
    'DEPLOYMENT_CLIENT_REJECTED',
    503,
    'error',
  ],
  ['invalid_request', error(400, 'invalid_request'), 'INVALID_REQUEST', 400, 'warn'],
  ['429', error(429, 'rate_limit_exceeded'), 'SERVICE_UNAVAILABLE', 503, 'error'],
  ['500', error(500, 'internal_failure'), 'SERVICE_UNAVAILABLE', 503, 'error'],
  ['503 that says invalid_grant', error(503, 'invalid_grant'), 'SERVICE_UNAVAILABLE', 503, 'error'],
  ['403 HTML', { kind: 'html', status: 403, body: '<html></html>' }, 'SERVICE_UNAVAILABLE', 503, 'error'],
  ['a redirect', { kind: 'html', status: 302, body: '<html></html>' }, 'SERVICE_UNAVAILABLE', 503, 'error'],
  ['a DPoP nonce', error(400, 'use_dpop_nonce'), 'SERVICE_UNAVAILABLE', 503, 'error'],
  ['an unknown code', error(400, 'brand_new_error'), 'UNKNOWN_ERROR', 500, 'error'],
  ['no access_token', answer({}, ['access_token']), 'SERVICE_UNAVAILABLE', 503, 'error'],
  ['no expires_in', answer({}, ['expires_in']), 'SERVICE_UNAVAILABLE', 503, 'error'],
  ['expires_in 0', answer({ expires_in: 0 }), 'SERVICE_UNAVAILABLE', 503, 'error'],
  ['a negative expires_in', answer({ expires_in: -1 }), 'SERVICE_UNAVAILABLE', 503, 'error'],
  ['expires_in as a string', answer({ expires_in: '3599' }), 'SERVICE_UNAVAILABLE', 503, 'error'],
  ['no JSON', { kind: 'non-json' }, 'SERVICE_UNAVAILABLE', 503, 'error'],
  ['an empty 200', { kind: 'empty' }, 'SERVICE_UNAVAILABLE', 503, 'error'],
  ['half an answer', { kind: 'truncated' }, 'SERVICE_UNAVAILABLE', 503, 'error'],
  ['a reset connection', { kind: 'reset' }, 'NETWORK_ERROR', 503, 'warn'],
];
const asksForAPerson = new Set(['INVALID_REFRESH_TOKEN', 'INSUFFICIENT_SCOPE']);

let app: TestApp;
let mailboxes = 0;
beforeAll(async () => void (app = await TestApp.start()));
afterAll(() => app.stop());
afterEach(() => app.google.clearFaults());

describe('a refresh that Google answers with', () => {
  it.each(table)(
    '%s comes to its code, status and log level, and clears no token',
    async (_case, fault, code, status, level) => {
      const account = `answered${++mailboxes}@sandbox.test`;
      await app.google.addAccount({ email: account });
      const { id } = await app.connectedInstance({ account });
      await app.advance(3600);
      const before = await tokens(id);
      await app.google.addFault({ target: 'token', match: { account }, fault });
      app.log.length = 0;

      const refused = await app.api('GET', `/api/instances/${id}/access-token`);
      expect([refused.status, refused.body.errorCode]).toEqual([status, code]);
      expect(refused.body).toMatchObject({ instanceId: id, requiresReauth: asksForAPerson.has(code) });
      expect(refused.headers.has('retry-after')).toBe(status === 503);
      const lines = app.log.map((line) => JSON.parse(line) as { msg?: string; level: number });
      expect(lines.find(({ msg }) => msg === 'Access token not refreshed')).toMatchObject({
        level: levels[level],
      });
      expect(await tokens(id)).toEqual(before);
    },
  );
});

/** The sealed tokens and their expiry, exactly as they are stored. */
async function tokens(id: string): Promise<unknown> {
  return app.dataSource.query(
    `SELECT access_token, refresh_token, token_expires_at, oauth_status FROM mcp_credentials
     WHERE id = (SELECT credential_id FROM mcp_instances WHERE id = $1)`,
    [id],
  );
}
