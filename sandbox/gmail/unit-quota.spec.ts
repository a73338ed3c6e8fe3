import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { SandboxControl, startSandbox } from '../index.js';
import type { Sandbox } from '../index.js';
import { OAuthClient, registered } from '../testing/oauth-client.js';

describe("the Gmail API's quota", () => {
  let sandbox: Sandbox;
  let control: SandboxControl;
  let client: OAuthClient;
  let token: string | undefined;

  beforeEach(async () => {
    sandbox = await startSandbox({ port: 0, stateDir: null, clients: [registered] });
    control = new SandboxControl(sandbox.controlUrl);
    client = new OAuthClient(sandbox);
    token = (await client.connect()).access_token;
  });
  afterEach(() => sandbox.close());

  const list = () => client.gmail(token, 'messages');

  it('is counted, and without a limit nothing is refused', async () => {
    for (let n = 0; n < 5; n += 1) expect((await list()).status).toBe(200);
    await client.gmail(token, 'labels');
    expect((await control.ledger()).quota).toEqual([
      { account: 'demo@sandbox.test', units: 26, mostPerMinute: 26, requests: 6, refused: 0 },
    ]);
  });

  it('refuses what goes beyond the limit of any minute, and says until when', async () => {
    await control.configure({ gmailUnitsPerMinute: 10 });
    expect((await list()).status).toBe(200);
    await control.advanceClock(40);
    expect((await list()).status).toBe(200);
    const refusal = await list();
    expect(refusal.status).toBe(429);
    expect(await refusal.json()).toMatchObject({
      error: {
        status: 'RESOURCE_EXHAUSTED',
        errors: [{ reason: 'rateLimitExceeded' }],
        message: expect.stringMatching(/Retry after \d{4}-\d\d-\d\dT[\d:.]+Z$/) as unknown,
      },
    });
    await control.advanceClock(21);
    expect((await list()).status).toBe(200);
    expect((await list()).status).toBe(429);
  });
});
