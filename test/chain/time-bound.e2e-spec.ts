import { afterAll, afterEach, beforeAll, expect, it, jest } from '@jest/globals';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { freePort } from '../../sandbox/index.js';
import { accessToken, refresh } from '../harness/access-tokens.js';
import { newMailbox } from '../harness/mailboxes.js';
import { refreshesAtGoogle } from '../harness/oauth/google-ledger.js';
import { startService } from '../harness/oauth/oauth-service.js';
import { TestApp } from '../harness/test-app.js';
import { ServiceWire, type WireFault } from '../harness/oauth/service-wire.js';
import { invalidGrant, type Fault } from '../harness/oauth/token-faults.js';

// Real time: what is held here against the clock are time limits of sockets.
jest.setTimeout(60_000);
const limitMs = 25_000;
const everyMs = 100;

/** Replicas over one database, each with a way of its own to the one OAuth service. */
const ways = {
  well: null,
  dead: null,
  /** Something else listens there, and answers nothing. */
  mute: { kind: 'hang' },
  hung: { kind: 'hang' },
  dripping: { kind: 'drip-after', everyMs },
} satisfies Record<string, WireFault | null>;
type Way = keyof typeof ways;

let app: TestApp;
let service: NestFastifyApplication;
const replicas = {} as Record<Way, TestApp>;
const wires: ServiceWire[] = [];

async function wireTo(serviceUrl: () => string, fault: WireFault | null): Promise<ServiceWire> {
  const wire = await ServiceWire.start(serviceUrl);
  if (fault) wire.cutTokens(fault);
  wires.push(wire);
  return wire;
}

beforeAll(async () => {
  let serviceUrl = '';
  const wire = await wireTo(() => serviceUrl, null);
  app = await TestApp.start({ OAUTH_SERVICE_URL: wire.url });
  service = await startService(app.environment);
  serviceUrl = await service.getUrl();
  replicas.well = app;
  const deadService = `http://127.0.0.1:${await freePort()}`;
  replicas.dead = await TestApp.start({ OAUTH_SERVICE_URL: deadService }, { beside: app });
  for (const way of ['mute', 'hung', 'dripping'] as const) {
    const wireOfWay = await wireTo(() => serviceUrl, ways[way]);
    if (way === 'mute') wireOfWay.cut(ways.mute, { method: 'GET', path: '/hello' });
    const { url } = wireOfWay;
    replicas[way] = await TestApp.start({ OAUTH_SERVICE_URL: url }, { beside: app });
  }
});
afterEach(() => app.google.clearFaults());
afterAll(async () => {
  for (const way of ['dead', 'mute', 'hung', 'dripping'] as const) await replicas[way].stop();
  await service.close();
  await app.stop();
  for (const wire of wires) await wire.close();
});

interface Trouble {
  way: Way;
  /** What Google does, one after the other; the last for good. */
  google: Fault[];
  singleUse?: boolean;
  reason: unknown;
  /** How often Google is asked. */
  calls: number;
}

const troubles: Record<string, Trouble> = {
  'the OAuth service and Google hang': {
    way: 'hung',
    google: [{ kind: 'hang' }],
    reason: 'deadline_exceeded',
    calls: 1,
  },
  'Google hangs, the OAuth service works': {
    way: 'well',
    google: [{ kind: 'hang' }],
    reason: 'deadline_exceeded',
    calls: 2,
  },
  'Google hangs, the OAuth service is dead': {
    way: 'dead',
    google: [{ kind: 'hang' }],
    reason: 'deadline_exceeded',
    calls: 1,
  },
  'Google says invalid_grant through the service, and hangs when it is asked to confirm that': {
    way: 'well',
    google: [invalidGrant(), { kind: 'hang' }],
    reason: 'verdict_unconfirmed',
    calls: 2,
  },
  'Google says invalid_grant late, and the OAuth service hangs': {
    way: 'hung',
    google: [{ kind: 'delay', delayMs: 7_500 }, invalidGrant()],
    // Whichever limit is over first; in time is what counts.
    reason: expect.stringMatching(/^(refresh_in_progress|verdict_unconfirmed|deadline_exceeded)$/),
    calls: 1,
  },
  'all hang and the token is single-use': {
    way: 'hung',
    google: [{ kind: 'hang' }],
    singleUse: true,
    reason: 'outcome_unknown',
    calls: 0,
  },
  'all hang, the OAuth service before it has proved to be ours, and the token is single-use': {
    way: 'mute',
    google: [{ kind: 'hang' }],
    singleUse: true,
    reason: 'deadline_exceeded',
    calls: 1,
  },
  'Google drips': {
    way: 'well',
    google: [{ kind: 'drip', everyMs }],
    reason: 'malformed_response',
    calls: 2,
  },
  'the OAuth service and Google drip': {
    way: 'dripping',
    google: [{ kind: 'drip', everyMs }],
    reason: 'malformed_response',
    calls: 2,
  },
};

interface Troubled {
  id: string;
  account: string;
}

/** A mailbox whose refresh token was rotated before, so that the next one may be spent by being presented. */
async function rotated(): Promise<Troubled> {
  const troubled = await newMailbox(app);
  await app.google.configure({ rotation: 'rotate' });
  await refresh(app, troubled.id);
  await app.google.configure({ rotation: 'none' });
  return troubled;
}

async function troubleWith(account: string, faults: Fault[]): Promise<void> {
  for (const [n, fault] of faults.entries()) {
    const times = n < faults.length - 1 ? { times: 1 } : {};
    await app.google.addFault({ target: 'token', match: { account }, fault, ...times });
  }
}

/** The sealed tokens, exactly as they are stored, and what is believed of the grant. */
async function held(id: string): Promise<unknown> {
  return app.dataSource.query(
    `SELECT access_token, refresh_token, token_expires_at, oauth_status, verdict FROM mcp_credentials
     WHERE id = (SELECT credential_id FROM mcp_instances WHERE id = $1)`,
    [id],
  );
}

it('a refresh is answered within 25 seconds whatever hangs, requires no sign-in, and loses no token', async () => {
  const cases = [];
  for (const [what, trouble] of Object.entries(troubles)) {
    cases.push({ what, trouble, ...(await (trouble.singleUse ? rotated() : newMailbox(app))) });
  }
  await app.advance(3600);
  const before = await Promise.all(cases.map(({ id }) => held(id)));
  await app.google.clearLedger();
  for (const { account, trouble } of cases) await troubleWith(account, trouble.google);

  const answers = await Promise.all(
    cases.map(async ({ what, trouble, id }) => {
      const startedMs = performance.now();
      const { status, body } = await accessToken(replicas[trouble.way], id);
      const inTime = performance.now() - startedMs < limitMs;
      const { errorCode, requiresReauth, reason } = body;
      return { what, status, errorCode, requiresReauth, reason, inTime };
    }),
  );
  const expected = { status: 503, errorCode: 'SERVICE_UNAVAILABLE', requiresReauth: false, inTime: true };
  expect(answers).toEqual(cases.map(({ what, trouble }) => ({ what, ...expected, reason: trouble.reason })));
  expect(await Promise.all(cases.map(({ id }) => held(id)))).toEqual(before);
  const calls = await Promise.all(
    cases.map(async ({ what, account }) => [what, await refreshesAtGoogle(app, account)]),
  );
  expect(calls).toEqual(cases.map(({ what, trouble }) => [what, trouble.calls]));
});

it('a verdict that was not confirmed is believed when Google says it again', async () => {
  const { id, account } = await newMailbox(app);
  await app.advance(3600);
  for (const [status, requiresReauth] of [
    [503, false],
    [401, true],
  ]) {
    await troubleWith(account, [invalidGrant(), { kind: 'reset' }]);
    const answer = await accessToken(app, id);
    expect([answer.status, answer.body.requiresReauth]).toEqual([status, requiresReauth]);
    await app.google.clearFaults();
  }
  // And is taken back when Google takes it back.
  await app.advance(61);
  expect((await accessToken(app, id)).status).toBe(200);
});
