import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { SandboxControl } from '../control-client.js';
import { freePort } from '../free-port.js';
import { googleVariables } from '../google-variables.js';
import { startSandbox } from '../sandbox.js';
import { EvergrantProcess } from './evergrant-process.js';
import { MailboxClient } from './mailbox-client.js';

const tokenLifetimeSeconds = 4;
const client = { clientId: '500000000005-demo.apps.sandbox.test', clientSecret: 'demo-client-secret' };

/** Tells Evergrant's story against the sandbox, with real processes; each step has to come true. */
async function demo(): Promise<void> {
  const dataDir = mkdtempSync(join(tmpdir(), 'evergrant-demo-'));
  const [apiPort, servicePort] = [await freePort(), await freePort()];
  const apiUrl = `http://localhost:${apiPort}`;
  const sandbox = await startSandbox({
    port: 0,
    stateDir: null,
    clients: [{ ...client, redirectUris: [`${apiUrl}/oauth/callback`] }],
  });
  const google = new SandboxControl(sandbox.controlUrl);
  const variables = {
    DATA_DIR: dataDir,
    PORT: String(apiPort),
    PUBLIC_URL: apiUrl,
    OAUTH_SERVICE_PORT: String(servicePort),
    OAUTH_SERVICE_URL: `http://localhost:${servicePort}`,
    GOOGLE_CLIENT_ID: client.clientId,
    GOOGLE_CLIENT_SECRET: client.clientSecret,
    ...googleVariables(sandbox.endpoints),
  };
  const processes: EvergrantProcess[] = [];
  try {
    say('Starting the OAuth service and the API as two processes, with a sandbox in Google’s place ...');
    const service = await EvergrantProcess.start(
      { ...variables, ROLES: 'oauth' },
      `http://localhost:${servicePort}/health/ready`,
    );
    processes.push(service);
    // Without the `refresher` role, which would be faster than the steps below.
    processes.push(await EvergrantProcess.start({ ...variables, ROLES: 'api' }, `${apiUrl}/health/ready`));
    const mailbox = await MailboxClient.create(
      apiUrl,
      readFileSync(join(dataDir, 'admin-api-key'), 'utf8').trim(),
    );

    // Access tokens that live for seconds show in a minute what takes hours otherwise.
    await google.configure({ accessTokenLifetimeSeconds: tokenLifetimeSeconds });
    expect('A person connects the mailbox', await mailbox.connect(), 'connected');
    expect('An agent calls a Gmail tool over MCP', (await mailbox.search()).isError, false);

    const first = await mailbox.accessToken(0);
    await untilExpired('The access token expires');
    const second = await mailbox.accessToken(0);
    expect('It is refreshed through the OAuth service', second.source, 'oauth-service');
    expect('and it is another token', second.accessToken !== first.accessToken, true);

    await service.end('SIGKILL');
    await untilExpired('The OAuth service is killed, and the token expires again');
    expect('It is refreshed directly at Google', (await mailbox.accessToken(0)).source, 'direct');

    await google.addFault({ target: 'token', fault: { kind: 'error', status: 503, body: {} } });
    const stale = await mailbox.forceRefresh();
    expect('Google’s token endpoint is down: what is valid is served, as stale', stale.stale, true);
    await untilExpired('The token expires during the outage');
    const outage = await mailbox.accessToken(0);
    expect('No sign-in is asked for: 503, try again', [outage.status, outage.requiresReauth], [503, false]);
    await google.clearFaults();
    expect('Google is back, and so is the mailbox', (await mailbox.search()).isError, false);

    await google.revokeGrants({ account: 'demo@sandbox.test' });
    await untilExpired('The person revokes the grant in Google’s settings, and the token expires');
    const refused = await mailbox.search();
    expect('The agent gets one honest request to sign in', refused.fields.errorCode, 'INVALID_REFRESH_TOKEN');
    expect('with a link', typeof refused.fields.connectUrl, 'string');
    expect('The person opens it', await mailbox.connect(String(refused.fields.connectUrl)), 'connected');
    expect('The agent goes on', (await mailbox.search()).isError, false);
    say('\nEvery step came true.');
  } finally {
    for (const evergrant of processes.reverse()) await evergrant.end('SIGTERM');
    await sandbox.close();
    rmSync(dataDir, { recursive: true, force: true });
  }
}

async function untilExpired(what: string): Promise<void> {
  say(`  ...  ${what}`);
  await pause((tokenLifetimeSeconds + 0.2) * 1000);
}

function expect(step: string, seen: unknown, wanted: unknown): void {
  if (JSON.stringify(seen) !== JSON.stringify(wanted)) {
    throw new Error(`${step}: expected ${JSON.stringify(wanted)}, saw ${JSON.stringify(seen)}`);
  }
  say(`  [ok] ${step}`);
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

demo().catch((error: unknown) => {
  process.stderr.write(`\nThe demo failed. ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
