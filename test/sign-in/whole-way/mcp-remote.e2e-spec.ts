import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it, jest } from '@jest/globals';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { freePort, until } from '../../../sandbox/index.js';
import { clientInfo, outcomeOf } from '../../clients/client-library.js';
import { repository } from '../../harness/node-process.js';
import { TestApp } from '../../harness/test-app.js';
import { letIn, signInVariables } from '../scripted-client.js';

// It starts as a process, twice.
jest.setTimeout(60_000);

let app: TestApp;
let folder: string;
beforeAll(async () => void (app = await TestApp.start(signInVariables)));
afterAll(() => app.stop());
beforeEach(async () => void (folder = await mkdtemp(join(tmpdir(), 'evergrant-mcp-remote-'))));
afterEach(() => rm(folder, { recursive: true }));

function processOf(port: number): StdioClientTransport {
  const program = join(repository, 'node_modules/mcp-remote/dist/proxy.js');
  return new StdioClientTransport({
    command: process.execPath,
    args: [program, `${app.url}/mcp`, String(port)],
    // Its browser is a program that does nothing: the address is printed, too.
    env: { PATH: process.env.PATH ?? '', MCP_REMOTE_CONFIG_DIR: folder, BROWSER: 'true', DISPLAY: '' },
    stderr: 'pipe',
  });
}

it('mcp-remote prints where to sign in, is called back, calls, and refreshes by rotation', async () => {
  const port = await freePort();
  const transport = processOf(port);
  let printed = '';
  transport.stderr?.on('data', (chunk: Buffer) => (printed += chunk.toString()));
  const client = new Client(clientInfo);
  const connecting = client.connect(transport);
  const asked = await until('it prints the address', () => /visiting:\s+(http\S+)\s/.exec(printed)?.[1]);
  const { end, account } = await letIn({ app, url: asked });
  expect(Number(end.port)).toBe(port);
  expect((await fetch(end)).status).toBe(200);
  await connecting;

  const call = async () => outcomeOf(await client.callTool({ name: 'get_profile', arguments: {} }));
  expect(await call()).toMatchObject({ isError: false, text: expect.stringContaining(account) });
  await app.advance(61 * 60);
  expect(await call()).toMatchObject({ isError: false, text: expect.stringContaining(account) });
  await client.close();

  // What it keeps serves its next start, without a browser.
  const again = new Client(clientInfo);
  const next = processOf(port);
  let said = '';
  next.stderr?.on('data', (chunk: Buffer) => (said += chunk.toString()));
  await again.connect(next);
  expect((await again.listTools()).tools.map(({ name }) => name)).toContain('list_mailboxes');
  await again.close();
  expect(said).not.toContain('visiting:');
});
