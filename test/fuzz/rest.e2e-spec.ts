import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Pool } from 'undici';
import { adminApiKey, TestApp, type CreatedInstance } from '../harness/test-app.js';
import { RestContract } from '../harness/rest-contract.js';
import { household, personIn, type Household } from '../tenancy/two-tenants.js';
import { assertInoffensive } from './inoffensive.js';
import { fuzzedOperations, requestsTo, type FuzzedOperation, type FuzzedRequest } from './rest-requests.js';

/** What only a secret opens, which generated input never holds. */
const needsSecret = new Set([
  'POST /api/session',
  'PUT /api/instances/{id}/credentials',
  'POST /connect/{ticket}',
  'POST /oauth/retry/{flow}',
  'GET /api/attachments/{link}',
  'PUT /api/uploads/{link}',
  'POST /gmail/pubsub',
  // A token that Google signed; test/security-events pushes them.
  'POST /security-events/google',
  'POST /approvals/{id}',
  'POST /approvals/{id}/sign-in',
  'POST /approvals/{id}/sign-out',
  'POST /mailboxes/sign-in',
  'POST /mailboxes/sign-out',
  'POST /mailboxes/add',
  'POST /mailboxes/{id}/connect',
  'POST /mailboxes/{id}/remove',
  'POST /mailboxes/clients/{authorizationId}/end',
  // No generated text is a URL that anything is sent to.
  'POST /api/webhooks',
  // Nothing is held here; test/approvals reads and decides what is.
  'GET /api/approvals/{id}',
  'POST /api/approvals/{id}',
]);
const requestsAtOnce = 25;
const rounds = 5;

let app: TestApp;
let pool: Pool;
let ours: Household;
let mailbox: CreatedInstance;
let accessToken: string;
let secrets: string[];
const contract = new RestContract();
beforeAll(async () => {
  app = await TestApp.start({
    RATE_LIMIT_PER_MINUTE: '0',
    FORCED_REFRESH_LIMIT_PER_MINUTE: '0',
    LOG_LEVEL: 'warn',
  });
  ours = await household(app, 'fuzzed');
  mailbox = await app.connectedInstance();
  const path = `/api/instances/${mailbox.id}/access-token`;
  const token = await app.api<{ accessToken: string }>('GET', path);
  accessToken = token.body.accessToken;
  secrets = [accessToken, mailbox.mcpToken, ours.apiKey, ours.instance.mcpToken, ours.sessionCookie];
  pool = new Pool(app.url, { connections: requestsAtOnce });
});
afterAll(async () => {
  await pool.close();
  await app.stop();
});

/** Ids that are there; those that requests delete or suspend are made for them. */
async function idsFor({ name, path }: FuzzedOperation): Promise<Record<string, string[]>> {
  if (/^(DELETE|PATCH) \/api\/tenants\/\{id\}$/.test(name)) return { id: await made('/api/tenants') };
  if (path.startsWith('/api/people')) {
    const { personId, authorizationId } = await personIn(app, await defaultTenant(), mailbox.id);
    return { id: [personId], authorizationId: [authorizationId] };
  }
  if (path.startsWith('/api/webhooks')) return endedDelivery(name === 'DELETE /api/webhooks/{id}' ? 10 : 1);
  if (!name.startsWith('DELETE')) {
    const id = path.startsWith('/api/tenants') ? ours.tenantId : (await app.createInstance()).id;
    return { id: [id, mailbox.id], keyId: [ours.apiKeyId] };
  }
  const [id = ''] = await made('/api/instances');
  if (path === '/api/instances/{id}') return { id: [id, ...(await made('/api/instances'))] };
  if (path.startsWith('/api/instances'))
    return { id: [id], tokenId: await made(`/api/instances/${id}/mcp-tokens`) };
  return { id: [ours.tenantId], keyId: await made(`/api/tenants/${ours.tenantId}/api-keys`) };
}

/** Webhooks, and a delivery of the first of them: no one listens where they lead. */
async function endedDelivery(count: number): Promise<Record<string, string[]>> {
  await app.dataSource.query('DELETE FROM webhooks');
  const id: string[] = [];
  for (let n = 0; n < count; n += 1)
    id.push((await app.api<{ id: string }>('POST', '/api/webhooks', { url: 'http://127.0.0.1:9/' })).body.id);
  const { body } = await app.api<{ id: string }>('POST', `/api/webhooks/${id[0]}/test`);
  return { id, deliveryId: [body.id] };
}

/** Where the operator's key acts. */
async function defaultTenant(): Promise<string> {
  const [tenant] = await app.dataSource.query<{ id: string }[]>(
    "SELECT id FROM tenants WHERE name = 'default'",
  );
  return tenant?.id ?? '';
}

async function made(path: string): Promise<string[]> {
  const ids: string[] = [];
  for (let n = 0; n < 10; n += 1) {
    ids.push((await app.api<{ id: string }>('POST', path, { name: `gone-${randomUUID()}` })).body.id);
  }
  return ids;
}

interface Seen {
  status: number;
  contentType: string;
  location: string;
  text: string;
}

async function send({ method, path, headers, body }: FuzzedRequest): Promise<Seen> {
  const answer = await pool.request({
    method: method,
    path,
    headers: { authorization: `Bearer ${adminApiKey}`, ...headers },
    body,
    headersTimeout: 20_000,
  });
  const contentType = String(answer.headers['content-type'] ?? '');
  const location = String(answer.headers.location ?? '');
  // A stream of events has no end.
  if (contentType.startsWith('text/event-stream')) answer.body.destroy();
  const text = answer.body.destroyed ? '' : await answer.body.text();
  return { status: answer.statusCode, contentType, location, text };
}

interface ErrorAnswer {
  errorCode?: string;
  field?: string;
}

function check(operation: FuzzedOperation, request: FuzzedRequest, seen: Seen): void {
  const { status, contentType, text, location } = seen;
  const { method, path } = request;
  const where = `${method} ${path} with ${String(request.body)} answered ${status} ${text.slice(0, 400)}`;
  if (status >= 500 || status < 200) throw new Error(where);
  // What the router cannot even read is answered before any route.
  const isUnroutable = text.includes('The path is not valid');
  if (isUnroutable) expect(JSON.parse(text)).toMatchObject({ errorCode: 'VALIDATION_FAILED', field: 'path' });
  // Nor does a request line of more than 16 KiB reach any.
  const isRead = !isUnroutable && status !== 431;
  if (contentType.startsWith('application/json') && isRead) {
    contract.check({ method, path: path.split('?')[0] ?? '', status, contentType, text });
  }
  assertInoffensive(app, secretsKeptBy(operation), text);
  if (status === 302 || status === 303) expect(location.startsWith(`${app.url}/`)).toBe(true);
  if (status >= 400 && !tellsWhatIsWrong(operation, request, seen, isRead))
    throw new Error(`Names no field of the request: ${where}`);
}

/** A consent answers people, in pages, and so does an approval. */
function isPageOf({ path }: FuzzedOperation, contentType: string): boolean {
  return /^\/(approvals|connect|mailboxes|oauth)(\/|$)/.test(path) && contentType.startsWith('text/html');
}

/** What the route must not tell: everything but what it is there to hand out. */
function secretsKeptBy({ path }: FuzzedOperation): string[] {
  return path.endsWith('/access-token') ? secrets.filter((each) => each !== accessToken) : secrets;
}

/** Whether an error has the contract's form, and says which field of the request is not valid. */
function tellsWhatIsWrong(
  operation: FuzzedOperation,
  request: FuzzedRequest,
  { contentType, text }: Seen,
  isRead: boolean,
): boolean {
  if (isPageOf(operation, contentType)) return true;
  const error = JSON.parse(text) as ErrorAnswer;
  expect(Object.keys(error).slice(0, 4)).toEqual(['error', 'instanceId', 'errorCode', 'requiresReauth']);
  if (error.errorCode !== 'VALIDATION_FAILED' || !isRead) return true;
  return error.field !== undefined && isNamed(error.field, operation, request);
}

/** Whether the field is one that the request has, or should have. */
function isNamed(field: string, { parameters, body }: FuzzedOperation, request: FuzzedRequest): boolean {
  const [first = ''] = field.split('.');
  const declared = [...parameters.map(({ name }) => name), ...Object.keys(body?.properties ?? {})];
  const query = new URLSearchParams(request.path.split('?')[1]);
  const given = [...query.keys(), request.body ?? '', JSON.stringify(request.headers)].join(' ');
  return (
    field === 'body' ||
    declared.some((name) => name.toLowerCase() === first.toLowerCase()) ||
    given.toLowerCase().includes(first.toLowerCase()) ||
    given.includes(JSON.stringify(first).slice(1, -1))
  );
}

describe.each(fuzzedOperations.map((operation) => [operation.name, operation] as const))(
  '%s',
  (_name, operation) => {
    it('takes whatever comes without failing, telling or forgetting to name the field', async () => {
      const statuses = new Set<number>();
      const kinds = new Set<boolean>();
      const request = requestsTo(operation, await idsFor(operation));
      const together = fc.array(request, { minLength: requestsAtOnce, maxLength: requestsAtOnce });
      await fc.assert(
        fc.asyncProperty(together, async (requests) => {
          await Promise.all(
            requests.map(async (each) => {
              const seen = await send(each);
              check(operation, each, seen);
              // An empty segment at its end makes it another route's: that of the list.
              if (!/^[^?]*\/(?:\?|$)/.test(each.path)) statuses.add(seen.status);
              kinds.add(each.meantWell);
            }),
          );
        }),
        { numRuns: rounds, endOnFailure: true },
      );
      expect(kinds).toEqual(new Set([true, false]));
      const succeeded = [...statuses].some((status) => status < 400);
      expect(succeeded).toBe(!needsSecret.has(operation.name));
    });
  },
);

it('serves on after all of that', async () => {
  expect((await fetch(`${app.url}/health/ready`)).status).toBe(200);
  const path = `/api/instances/${ours.instance.id}`;
  const { status, body } = await app.api('GET', path, undefined, { authorization: `Bearer ${ours.apiKey}` });
  expect([status, body.requiresReauth]).toEqual([200, false]);
  expect(app.log.filter((line) => line.includes('UNKNOWN_ERROR'))).toEqual([]);
});
