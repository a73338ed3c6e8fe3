import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { SandboxControl, startSandbox } from '../index.js';
import type { FaultRuleInput, Sandbox } from '../index.js';
import { OAuthClient, registered } from '../testing/oauth-client.js';

describe('the ledger tells which answers went out', () => {
  let sandbox: Sandbox;
  let control: SandboxControl;
  let refreshToken: string;

  beforeEach(async () => {
    sandbox = await startSandbox({ port: 0, stateDir: null, clients: [registered] });
    control = new SandboxControl(sandbox.controlUrl);
    refreshToken = (await new OAuthClient(sandbox).connect()).refresh_token ?? '';
    await control.clearLedger();
  });
  afterEach(() => sandbox.close());

  const refresh = async ({ query = '', signal = null as AbortSignal | null } = {}): Promise<string> => {
    const response = await fetch(sandbox.endpoints.tokenUrl + query, {
      method: 'POST',
      signal,
      body: new URLSearchParams({
        grant_type: 'refresh_token',
        refresh_token: refreshToken,
        client_id: registered.clientId,
        client_secret: registered.clientSecret,
      }),
    });
    return response.text();
  };
  const fault = (kind: FaultRuleInput['fault']) =>
    control.addFault({ target: 'token', times: 1, fault: kind });
  const entry = async () => (await control.ledger()).tokenRequests[0];

  it.each([
    ['a token', undefined, 'issued'],
    ['an error', { kind: 'error', status: 503, body: {} } as const, 'not-processed'],
    ['one that comes byte by byte', { kind: 'drip', everyMs: 1 } as const, 'issued'],
  ])('%s, with the time by its own clock', async (_what, kind, outcome) => {
    await control.advanceClock(3600);
    if (kind !== undefined) await fault(kind);
    await refresh();
    const { now } = await control.clock();
    const { deliveredAt, at, outcome: noted } = (await entry())!;
    expect(noted).toBe(outcome);
    expect([at, deliveredAt, now]).toEqual([at, deliveredAt, now].toSorted());
  });

  it.each([
    ['the connection was reset', { kind: 'reset-after' } as const],
    ['half of it was sent', { kind: 'truncated' } as const],
  ])('not one of which %s', async (_what, kind) => {
    await fault(kind);
    await expect(refresh()).rejects.toThrow();
    expect(await entry()).toMatchObject({ outcome: 'issued', fault: kind.kind, deliveredAt: null });
  });

  it('not one whose caller had gone', async () => {
    await fault({ kind: 'hold' });
    const caller = new AbortController();
    const refreshing = refresh({ signal: caller.signal });
    await control.heldRequests({ atLeast: 1 });
    caller.abort();
    await expect(refreshing).rejects.toThrow();
    await control.release();
    // Asked on another connection, after the work was done.
    expect(await entry()).toMatchObject({ outcome: 'issued', deliveredAt: null });
  });

  it('not one that still waits', async () => {
    await fault({ kind: 'hold' });
    const refreshing = refresh();
    await control.heldRequests({ atLeast: 1 });
    expect(await entry()).toMatchObject({ outcome: 'not-processed', deliveredAt: null });
    await control.release();
    await refreshing;
    expect((await entry())?.deliveredAt).not.toBeNull();
  });

  it('and by which query of its URL a caller can be told from others', async () => {
    await refresh({ query: '?caller=first' });
    await refresh();
    const { tokenRequests } = await control.ledger();
    expect(tokenRequests.map(({ query, outcome }) => [query, outcome])).toEqual([
      ['caller=first', 'issued'],
      ['', 'issued'],
    ]);
  });
});
