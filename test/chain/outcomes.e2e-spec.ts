import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { refreshesAtGoogle } from '../harness/oauth/google-ledger.js';
import { oauthError, patchedAnswer, type Fault } from '../harness/oauth/token-faults.js';
import { ChainStage } from './chain-stage.js';

function rejected(errorCode: string, reason: string) {
  return { status: 'rejected', errorCode, reason };
}

function unavailable(errorCode: string, reason: string) {
  return {
    status: 'unavailable',
    errorCode,
    reason,
    provablyNotSent: false,
  };
}

const malformed = unavailable('SERVICE_UNAVAILABLE', 'malformed_response');

/**
 * What Google does, what it comes to, and how often Google is asked: directly, and through the chain. A verdict is
 * asked for once. What is transient is asked for three times by each path, but only once by the direct path after
 * the OAuth service has done so.
 */
const table: [string, Fault, object, { direct: number; chain: number }][] = [
  [
    'invalid_grant',
    oauthError(400, 'invalid_grant'),
    rejected('INVALID_REFRESH_TOKEN', 'invalid_grant'),
    { direct: 1, chain: 1 },
  ],
  [
    'session control',
    oauthError(400, 'invalid_grant', { error_subtype: 'invalid_rapt' }),
    rejected('INVALID_REFRESH_TOKEN', 'invalid_rapt'),
    { direct: 1, chain: 1 },
  ],
  [
    'invalid_client',
    oauthError(401, 'invalid_client'),
    rejected('INVALID_CLIENT', 'invalid_client'),
    { direct: 1, chain: 1 },
  ],
  [
    'deleted_client',
    oauthError(401, 'deleted_client'),
    rejected('INVALID_CLIENT', 'deleted_client'),
    { direct: 1, chain: 1 },
  ],
  [
    'unauthorized_client',
    oauthError(400, 'unauthorized_client'),
    rejected('INVALID_CLIENT', 'unauthorized_client'),
    { direct: 1, chain: 1 },
  ],
  [
    'unsupported_grant_type',
    oauthError(400, 'unsupported_grant_type'),
    rejected('INVALID_CLIENT', 'unsupported_grant_type'),
    { direct: 1, chain: 1 },
  ],
  [
    'invalid_scope',
    oauthError(400, 'invalid_scope'),
    rejected('INSUFFICIENT_SCOPE', 'invalid_scope'),
    { direct: 1, chain: 1 },
  ],
  [
    'admin_policy_enforced',
    oauthError(400, 'admin_policy_enforced'),
    rejected('ADMIN_BLOCKED', 'admin_policy_enforced'),
    { direct: 1, chain: 1 },
  ],
  [
    'invalid_request',
    oauthError(400, 'invalid_request'),
    rejected('INVALID_REQUEST', 'invalid_request'),
    { direct: 2, chain: 2 },
  ],
  [
    'a code that is unknown to OAuth',
    oauthError(400, 'canary_code'),
    unavailable('SERVICE_UNAVAILABLE', 'canary_code'),
    { direct: 1, chain: 2 },
  ],
  [
    '503',
    oauthError(503, 'backend_error'),
    unavailable('SERVICE_UNAVAILABLE', 'http_503'),
    { direct: 3, chain: 4 },
  ],
  [
    '500',
    oauthError(500, 'internal_failure'),
    unavailable('SERVICE_UNAVAILABLE', 'http_500'),
    { direct: 3, chain: 4 },
  ],
  [
    '429',
    oauthError(429, 'rate_limit'),
    unavailable('SERVICE_UNAVAILABLE', 'http_429'),
    { direct: 3, chain: 4 },
  ],
  [
    '429 with a Retry-After beyond the time limit',
    { kind: 'error', status: 429, body: {}, headers: { 'retry-after': '30' } },
    { ...unavailable('SERVICE_UNAVAILABLE', 'http_429'), retryAfterSeconds: 30 },
    { direct: 1, chain: 1 },
  ],
  [
    'an HTML page about automated queries',
    { kind: 'html', status: 403, body: '<html>automated queries</html>' },
    unavailable('SERVICE_UNAVAILABLE', 'http_403'),
    { direct: 3, chain: 4 },
  ],
  ['a reset', { kind: 'reset' }, unavailable('NETWORK_ERROR', 'connection_reset'), { direct: 3, chain: 4 }],
  ['half an answer', { kind: 'truncated' }, malformed, { direct: 3, chain: 4 }],
  ['no JSON', { kind: 'non-json', body: 'OK' }, malformed, { direct: 3, chain: 4 }],
  ['an empty answer', { kind: 'empty' }, malformed, { direct: 3, chain: 4 }],
  ['no token', patchedAnswer({}, ['access_token']), malformed, { direct: 3, chain: 4 }],
  ['no life', patchedAnswer({}, ['expires_in']), malformed, { direct: 3, chain: 4 }],
  ['no life left', patchedAnswer({ expires_in: 0 }), malformed, { direct: 3, chain: 4 }],
  ['a negative life', patchedAnswer({ expires_in: -1 }), malformed, { direct: 3, chain: 4 }],
  ['a life in words', patchedAnswer({ expires_in: '3599' }), malformed, { direct: 3, chain: 4 }],
];

let stage: ChainStage;

/** A grant whose refreshes meet the fault, each time or so many times. */
async function troubledGrant(fault: Fault, times?: number) {
  const request = await stage.grant();
  const match = { account: request.account, grantType: 'refresh_token' };
  await stage.google.addFault({ target: 'token', match, fault, ...(times === undefined ? {} : { times }) });
  return request;
}

describe('through the OAuth service', () => {
  beforeAll(async () => void (stage = await ChainStage.start()));
  afterAll(() => stage.stop());

  it.each(table)('%s is classified, whichever path asked last', async (_what, fault, expected, { chain }) => {
    const request = await troubledGrant(fault);
    const outcome = await stage.exchange.refresh(request);
    expect(outcome).toMatchObject(expected);
    const isFinal = outcome.status === 'rejected' || 'retryAfterSeconds' in expected;
    expect(outcome.path).toBe(isFinal ? 'oauth-service' : 'direct');
    expect(await refreshesAtGoogle(stage, request.account)).toBe(chain);
  });

  it('what the provider failed at three times earns one direct attempt', async () => {
    const request = await troubledGrant(oauthError(503, 'backend_error'), 3);
    await expect(stage.exchange.refresh(request)).resolves.toMatchObject({
      status: 'refreshed',
      path: 'direct',
    });
    expect(await refreshesAtGoogle(stage, request.account)).toBe(4);
  });

  it('what the provider fails at once is not noticed', async () => {
    const request = await troubledGrant(oauthError(503, 'backend_error'), 1);
    await expect(stage.exchange.refresh(request)).resolves.toMatchObject({
      status: 'refreshed',
      path: 'oauth-service',
    });
  });
});

describe('directly, while the OAuth service is dead,', () => {
  beforeAll(async () => {
    stage = await ChainStage.start();
    await stage.wire.close();
  });
  afterAll(() => stage.stop());

  it.each(table)('%s is classified the same', async (_what, fault, expected, { direct }) => {
    const request = await troubledGrant(fault);
    await expect(stage.exchange.refresh(request)).resolves.toMatchObject({ ...expected, path: 'direct' });
    expect(await refreshesAtGoogle(stage, request.account)).toBe(direct);
  });
});

describe('a second opinion', () => {
  beforeEach(async () => void (stage = await ChainStage.start()));
  afterEach(() => stage.stop());
  const verdict = (path: 'direct' | 'oauth-service') =>
    ({ status: 'rejected', path, errorCode: 'INVALID_REFRESH_TOKEN', reason: 'invalid_grant' }) as const;

  it.each([
    ['oauth-service', 'direct'],
    ['direct', 'oauth-service'],
  ] as const)('on a verdict that came by %s is had by %s', async (came, other) => {
    const request = await stage.grant();
    await expect(stage.exchange.confirm(request, verdict(came))).resolves.toMatchObject({
      status: 'refreshed',
      path: other,
    });
    await stage.google.revokeGrants({ account: request.account });
    await expect(stage.exchange.confirm(request, verdict(came))).resolves.toMatchObject({
      status: 'rejected',
      path: other,
      errorCode: 'INVALID_REFRESH_TOKEN',
    });
  });

  it('asks anew, and does not get the verdict repeated that was kept', async () => {
    const request = await stage.grant();
    const match = { account: request.account };
    await stage.google.addFault({
      target: 'token',
      match,
      fault: oauthError(400, 'invalid_grant'),
      times: 1,
    });
    const first = await stage.exchange.refresh(request);
    expect(first).toMatchObject({ status: 'rejected' });
    await expect(stage.exchange.confirm(request, verdict('direct'))).resolves.toMatchObject({
      status: 'refreshed',
    });
  });

  it('cannot be had of an OAuth service that is dead', async () => {
    await stage.wire.close();
    await expect(stage.exchange.confirm(await stage.grant(), verdict('direct'))).resolves.toMatchObject({
      status: 'unavailable',
      path: 'oauth-service',
      reason: 'oauth_service_connection_refused',
    });
  });
});
