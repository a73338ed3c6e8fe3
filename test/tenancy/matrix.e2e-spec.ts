import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { TestApp, type Answer } from '../harness/test-app.js';
import { EventStream } from '../harness/event-stream.js';
import { signInsOf, wrongIdentities } from './identities.js';
import { ApplicationCheckAlone, NoWall, RowSecurityAlone } from './lowered-walls.js';
import { guardedOperations, pathTo, pathToNothing, type Operation } from './operations.js';
import { household, marksOf, rowsOf, type Household } from './two-tenants.js';

const unlimited = { RATE_LIMIT_PER_MINUTE: '0', FORCED_REFRESH_LIMIT_PER_MINUTE: '0' };
const operations = guardedOperations();
/** Those that name something of a tenant's; the others act in whatever tenant calls. */
const aimed = operations.filter(({ path }) => path.includes('{'));

let app: TestApp;
let ours: Household;
let theirs: Household;
beforeAll(async () => {
  app = await TestApp.start(unlimited);
  [ours, theirs] = [await household(app, 'ours'), await household(app, 'theirs')];
});
afterAll(() => app.stop());

/** Streams are not read to their end. */
function isStream({ path }: Operation) {
  return path === '/api/events';
}

function send(
  at: TestApp,
  { method, body }: Operation,
  path: string,
  headers: Record<string, string>,
): Promise<Answer<unknown>> {
  const input = typeof body === 'function' ? (body as () => unknown)() : undefined;
  return at.api(method, path, input, { authorization: '', ...headers });
}

function comparable({ status, headers, body }: Answer<unknown>) {
  return {
    status,
    body,
    authenticate: headers.get('www-authenticate'),
  };
}

describe.each([
  ['both walls', undefined],
  ['row-level security alone', RowSecurityAlone],
  ['the queries’ own check alone', ApplicationCheckAlone],
] as const)('behind %s', (_walls, tenantDatabase) => {
  let replica: TestApp;
  let identities: Record<string, Record<string, string>>;
  let untouched: unknown;
  beforeAll(async () => {
    replica = await TestApp.start(
      { ...unlimited, SIGN_IN_DOMAINS: signInsOf({ ours, theirs }) },
      { beside: app, ...(tenantDatabase ? { tenantDatabase } : {}) },
    );
    identities = await wrongIdentities(replica, { ours, theirs });
    untouched = await rowsOf(app, theirs.tenantId);
  });
  afterAll(() => replica.stop());

  it.each(aimed.map((operation) => [operation.name, operation] as const))(
    '%s refuses every other identity, and alike whether it is there or not',
    async (_name, operation) => {
      for (const [who, headers] of Object.entries(identities)) {
        const there = await send(replica, operation, pathTo(operation, theirs), headers);
        const nowhere = await send(replica, operation, pathToNothing(operation), headers);
        expect({ who, ...comparable(there) }).toEqual({ who, ...comparable(nowhere) });
        expect([401, 403, 404]).toContain(there.status);
      }
    },
  );

  it.each(operations.map((operation) => [operation.name, operation] as const))(
    '%s tells no other identity anything',
    async (_name, operation) => {
      if (isStream(operation)) return;
      for (const [who, headers] of Object.entries(identities)) {
        const { body } = await send(replica, operation, pathTo(operation, theirs), headers);
        const told = JSON.stringify(body);
        for (const mark of marksOf(theirs))
          expect({ who, mark, told: told.includes(mark) }).toMatchObject({ told: false });
      }
    },
  );

  it('lets no other identity follow what changes', async () => {
    for (const [who, headers] of Object.entries(identities)) {
      const refused = await EventStream.open(`${replica.url}/api/events`, headers).then(
        (stream) => (stream.close(), 'opened'),
        (error: unknown) => String(error),
      );
      const isOurs = /^another tenant’s (key|session)$/.test(who);
      expect({ who, refused }).toEqual({
        who,
        refused: isOurs ? 'opened' : expect.stringMatching(/HTTP 40[14]/),
      });
    }
    const stream = await EventStream.open(`${replica.url}/api/events`, {
      authorization: `Bearer ${ours.apiKey}`,
    });
    const rename = (household: Household, name: string) =>
      app.api(
        'PATCH',
        `/api/instances/${household.instance.id}`,
        { name },
        {
          authorization: `Bearer ${household.apiKey}`,
        },
      );
    await rename(theirs, theirs.instance.name);
    await rename(ours, 'ours box');
    expect((await stream.next()).data.id).toBe(ours.instance.id);
    stream.close();
    expect(stream.seen).toHaveLength(1);
    untouched = await rowsOf(app, theirs.tenantId);
  });

  it('is left as it was by all of that', async () => {
    expect(await rowsOf(app, theirs.tenantId)).toEqual(untouched);
  });

  it('still serves the tenant itself', async () => {
    const authorization = `Bearer ${theirs.apiKey}`;
    for (const below of ['', '/events', '/mcp-tokens', '/access-token']) {
      const path = `/api/instances/${theirs.instance.id}${below}`;
      expect([below, (await replica.api('GET', path, undefined, { authorization })).status]).toEqual([
        below,
        200,
      ]);
    }
  });
});

describe('with both walls lowered', () => {
  it('a foreign instance does answer: these tests can fail', async () => {
    const open = await TestApp.start(unlimited, { beside: app, tenantDatabase: NoWall });
    const { status, body } = await open.api<{ name: string }>(
      'GET',
      `/api/instances/${theirs.instance.id}`,
      undefined,
      { authorization: `Bearer ${ours.apiKey}` },
    );
    await open.stop();
    expect([status, body.name]).toEqual([200, theirs.instance.name]);
  });
});

describe('a key without a right', () => {
  it.each([
    [
      'instances:read',
      ['GET /api/instances/{id}/access-token', 'PATCH /api/instances/{id}', 'POST /api/instances'],
    ],
    ['instances:write', ['GET /api/instances', 'GET /api/instances/{id}', 'GET /api/events']],
    ['access-tokens:read', ['GET /api/instances', 'DELETE /api/instances/{id}']],
  ])('with %s alone may not %j', async (right, names) => {
    const keys = `/api/tenants/${ours.tenantId}/api-keys`;
    const { body } = await app.api<{ apiKey: string }>('POST', keys, { name: right, rights: [right] });
    for (const operation of operations.filter(({ name }) => names.includes(name))) {
      const headers = { authorization: `Bearer ${body.apiKey}` };
      const { status } = await send(app, operation, pathTo(operation, ours), headers);
      expect([operation.name, status]).toEqual([operation.name, 403]);
    }
  });
});

describe('a console session', () => {
  it('never yields an access token, though its key may', async () => {
    const path = `/api/instances/${ours.instance.id}/access-token`;
    const byKey = await app.api('GET', path, undefined, { authorization: `Bearer ${ours.apiKey}` });
    const response = await fetch(app.url + path, { headers: { cookie: ours.sessionCookie } });
    expect([byKey.status, response.status]).toEqual([200, 403]);
  });
});
