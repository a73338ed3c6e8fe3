import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { freePort } from '../../sandbox/index.js';
import { NodeProcess, repository } from '../harness/node-process.js';
import { TestApp } from '../harness/test-app.js';
import { newAccount, newBrowser, register, signInVariables, throughGoogle } from './scripted-client.js';

const suite = join(repository, 'node_modules/@modelcontextprotocol/conformance/dist/index.js');

let app: TestApp;
beforeAll(async () => void (app = await TestApp.start(signInVariables)));
afterAll(() => app.stop());

it('passes what the official suite asks of an authorization server', async () => {
  const port = await freePort();
  const { body } = await register(app, { redirect_uris: [`http://127.0.0.1:${port}/callback`] });
  const { publicUrl } = app.environment;
  const run = NodeProcess.start([
    ...[suite, 'authorization', '--url', publicUrl, '--client-id', String(body.client_id)],
    ...['--resource', `${publicUrl}/mcp`, '--port', String(port)],
  ]);
  const [, authorize = ''] = await run.says(/^(http\S+\/authorize\?\S+)$/m);
  const browser = newBrowser(app);
  const page = await browser.press(await browser.open(authorize), { decision: 'google' });
  const { url } = await throughGoogle(browser, page, await newAccount(app));
  await fetch(url);
  expect([await run.exitCode(), run.stdout.slice(-2_000)]).toEqual([0, expect.stringMatching(/0 failed/)]);
  expect(run.stdout).not.toMatch(/FAILURE|WARNING/);
});
