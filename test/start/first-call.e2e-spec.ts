import { join } from 'node:path';
import { afterEach, expect, it, jest } from '@jest/globals';
import { freePort, passConsent } from '../../sandbox/index.js';
import { HttpBrowser } from '../harness/http-browser.js';
import { NodeProcess, repository, temporaryFolder } from '../harness/node-process.js';
import { KeptSignIn } from '../sign-in/whole-way/kept-sign-in.js';
import { currentSdk } from '../sign-in/whole-way/signing-libraries.js';

jest.setTimeout(120_000);

const folder = temporaryFolder();
let started: NodeProcess | undefined;
afterEach(async () => {
  await started?.stop();
  folder.remove();
});

it('a client that only knows the URL gets to its first call by one page of ours and two of Google’s', async () => {
  const beganAtMs = Date.now();
  const [PORT, OAUTH_SERVICE_PORT, SANDBOX_PORT] = [
    String(await freePort()),
    String(await freePort()),
    String(await freePort()),
  ];
  const variables = { PORT, OAUTH_SERVICE_PORT, SANDBOX_PORT, DATA_DIR: join(folder.path, 'data') };
  started = NodeProcess.start([join(repository, 'dist/main.js')], variables);
  await started.says(/^Stop: Ctrl-C.*$/m);
  const runsAtMs = Date.now();

  const origin = `http://localhost:${PORT}`;
  const library = currentSdk('auto');
  // Not connected before, unlike the demo's.
  const account = 'alex@sandbox.test';
  const kept = new KeptSignIn();
  await expect(library.connect(`${origin}/mcp`, kept)).rejects.toThrow();
  const browser = new HttpBrowser([origin]);
  const ours = await browser.open(kept.asked?.href ?? '');
  const google = await browser.press(ours, { decision: 'google' });
  // Its account, and Allow: once.
  const end = await browser.open(await passConsent(google.url.href, { account }));
  await library.finish(`${origin}/mcp`, kept, end.url);
  const client = await library.connect(`${origin}/mcp`, kept);
  const profile = await client.call('get_profile', {});
  await client.close();
  expect(profile).toMatchObject({ isError: false, text: expect.stringContaining(account) });
  const seconds = (from: number, to: number): string => `${((to - from) / 1_000).toFixed(1)} s`;
  process.stdout.write(
    `to the first call: ${seconds(beganAtMs, runsAtMs)} until it runs, ${seconds(runsAtMs, Date.now())} from the URL on\n`,
  );
});
