import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { SandboxControl, startSandbox } from '../index.js';
import type { Sandbox } from '../index.js';
import { OAuthClient, registered } from '../testing/oauth-client.js';

const sibling = { ...registered, clientId: '123456789-sibling.apps.sandbox.test' };
const stranger = { ...registered, clientId: '987654321-stranger.apps.sandbox.test' };

describe('revocation', () => {
  let sandbox: Sandbox;
  let control: SandboxControl;
  let client: OAuthClient;

  beforeEach(async () => {
    sandbox = await startSandbox({ port: 0, stateDir: null, clients: [registered, sibling, stranger] });
    control = new SandboxControl(sandbox.controlUrl);
    client = new OAuthClient(sandbox);
  });
  afterEach(() => sandbox.close());

  it('by refresh token kills the refresh token and the access tokens', async () => {
    const tokens = await client.connect();
    expect((await client.revoke(tokens.refresh_token)).status).toBe(200);
    expect(await client.refresh(tokens.refresh_token)).toMatchObject({ status: 400, error: 'invalid_grant' });
    expect((await client.userinfo(tokens.access_token)).status).toBe(401);
    expect((await client.gmail(tokens.access_token, 'profile')).status).toBe(401);
  });

  it('by access token kills the grant just so', async () => {
    const tokens = await client.connect();
    expect((await client.revoke(tokens.access_token)).status).toBe(200);
    expect(await client.refresh(tokens.refresh_token)).toMatchObject({ error: 'invalid_grant' });
  });

  it('kills every grant of the account in the Cloud project, and no other', async () => {
    const own = await client.connect();
    const siblingClient = new OAuthClient(sandbox, sibling);
    const strangerClient = new OAuthClient(sandbox, stranger);
    const inProject = await siblingClient.connect();
    const ofOtherAccount = await siblingClient.connect({ account: 'sam@sandbox.test' });
    const inOtherProject = await strangerClient.connect();

    await client.revoke(own.refresh_token);

    expect((await siblingClient.refresh(inProject.refresh_token)).error).toBe('invalid_grant');
    expect((await siblingClient.refresh(ofOtherAccount.refresh_token)).status).toBe(200);
    expect((await strangerClient.refresh(inOtherProject.refresh_token)).status).toBe(200);
  });

  it('answers 400 for a token that is unknown or revoked already', async () => {
    const tokens = await client.connect();
    await client.revoke(tokens.refresh_token);
    for (const token of ['1//0unknown', tokens.refresh_token, tokens.access_token]) {
      const response = await client.revoke(token);
      expect(response.status).toBe(400);
      expect(await response.json()).toMatchObject({ error: 'invalid_token' });
    }
  });

  it("by the person in Google's settings kills grants without a word to the client", async () => {
    const tokens = await client.connect();
    expect(await control.revokeGrants({ account: 'demo@sandbox.test' })).toEqual({ revoked: 1 });
    expect(await client.refresh(tokens.refresh_token)).toMatchObject({ error: 'invalid_grant' });
    expect((await control.ledger()).grants).toMatchObject([
      { alive: false, endedBecause: 'revoked-by-person' },
    ]);
  });

  it('makes the next consent a first one again', async () => {
    await client.connect();
    await control.revokeGrants({ account: 'demo@sandbox.test' });
    expect((await client.connect()).refresh_token).toBeDefined();
  });

  it('lets the oldest of more than 100 refresh tokens die, but not the access tokens it gave', async () => {
    await control.configure({ issueRefreshToken: 'always' });
    const first = await client.connect();
    const second = await client.connect();
    for (let count = 2; count < 101; count += 1) await client.connect();
    expect(await client.refresh(first.refresh_token)).toMatchObject({ error: 'invalid_grant' });
    expect((await client.userinfo(first.access_token)).status).toBe(200);
    expect((await client.refresh(second.refresh_token)).status).toBe(200);
  });
});
