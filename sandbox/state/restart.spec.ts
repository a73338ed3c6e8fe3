import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { SandboxControl, startSandbox } from '../index.js';
import type { Sandbox } from '../index.js';
import { OAuthClient, registered } from '../testing/oauth-client.js';

describe('a restart with the same state directory', () => {
  let directory: string;
  let stateDir: string;
  let sandbox: Sandbox;

  const start = (): Promise<Sandbox> => startSandbox({ port: 0, stateDir, clients: [registered] });
  const restart = async (): Promise<OAuthClient> => {
    await sandbox.close();
    sandbox = await start();
    return new OAuthClient(sandbox);
  };

  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'sandbox-'));
    stateDir = join(directory, 'state');
    sandbox = await start();
  });
  afterEach(async () => {
    await sandbox.close();
    await rm(directory, { recursive: true });
  });

  it('keeps grants: refresh and access tokens go on working', async () => {
    const tokens = await new OAuthClient(sandbox).connect();
    const client = await restart();
    expect((await client.userinfo(tokens.access_token)).status).toBe(200);
    expect((await client.refresh(tokens.refresh_token)).status).toBe(200);
    expect((await client.connect()).refresh_token).toBeUndefined();
  });

  it('keeps rotations: the spent token stays spent, the new one lives', async () => {
    await new SandboxControl(sandbox.controlUrl).configure({ rotation: 'rotate' });
    const before = new OAuthClient(sandbox);
    const first = await before.connect();
    const second = await before.refresh(first.refresh_token);
    const client = await restart();
    expect(await client.refresh(first.refresh_token)).toMatchObject({ error: 'invalid_grant' });
    expect((await client.refresh(second.refresh_token)).status).toBe(200);
  });

  it('keeps revocations and expiry', async () => {
    const before = new OAuthClient(sandbox);
    const control = new SandboxControl(sandbox.controlUrl);
    const revoked = await before.connect();
    const expired = await before.connect({ account: 'sam@sandbox.test' });
    await before.revoke(revoked.refresh_token);
    await control.expireAccessTokens('sam@sandbox.test');
    const client = await restart();
    expect(await client.refresh(revoked.refresh_token)).toMatchObject({ error: 'invalid_grant' });
    expect((await client.userinfo(revoked.access_token)).status).toBe(401);
    expect((await client.userinfo(expired.access_token)).status).toBe(401);
    expect((await client.refresh(expired.refresh_token)).status).toBe(200);
  });

  it('keeps the clock, added accounts and their mail addresses', async () => {
    const control = new SandboxControl(sandbox.controlUrl);
    await control.advanceClock(86_400);
    const added = await control.addAccount({ email: 'kept@sandbox.test' });
    await restart();
    const after = new SandboxControl(sandbox.controlUrl);
    expect(Date.parse((await after.clock()).now)).toBeGreaterThan(Date.now() + 86_000_000);
    expect(await after.addAccount({ email: 'kept@sandbox.test' })).toEqual(added);
  });

  it('keeps its file from others and every token out of it', async () => {
    const tokens = await new OAuthClient(sandbox).connect();
    const file = join(stateDir, 'sandbox-state.json');
    expect((await stat(stateDir)).mode & 0o777).toBe(0o700);
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    const content = await readFile(file, 'utf8');
    expect(content).not.toContain(tokens.refresh_token);
    expect(content).not.toContain(tokens.access_token);
  });

  it('refuses to start on a damaged file instead of forgetting its grants', async () => {
    await sandbox.close();
    await writeFile(join(stateDir, 'sandbox-state.json'), '{"grants": [');
    await expect(start()).rejects.toThrow();
  });

  it('does no more work for a delayed request once it is closed', async () => {
    const control = new SandboxControl(sandbox.controlUrl);
    const client = new OAuthClient(sandbox);
    const tokens = await client.connect();
    await control.configure({ rotation: 'rotate' });
    await control.addFault({ target: 'token', fault: { kind: 'hold' } });
    await control.addFault({ target: 'token', fault: { kind: 'delay', delayMs: 60_000 } });
    const cut = expect(client.refresh(tokens.refresh_token)).rejects.toThrow();
    await control.heldRequests({ atLeast: 1 });
    await control.release();
    const after = await restart();
    await cut;
    expect((await after.refresh(tokens.refresh_token)).status).toBe(200);
  });

  it('says so when its port is taken', async () => {
    const { port } = new URL(sandbox.url);
    await expect(startSandbox({ port: Number(port), stateDir: null, clients: [] })).rejects.toMatchObject({
      code: 'EADDRINUSE',
    });
  });
});
