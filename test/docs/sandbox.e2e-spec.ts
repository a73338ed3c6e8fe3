import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startSandbox, type Sandbox } from '../../sandbox/index.js';

const page = readFileSync('docs/sandbox.md', 'utf8');
const clients = [
  {
    clientId: '100000000009-rehearsal.apps.sandbox.test',
    clientSecret: 'rehearsal-secret',
    redirectUris: ['http://localhost:3000/oauth/callback'],
  },
];

/** The commands of the page that go to the control port. */
const commands = [...page.matchAll(/^curl (.*\$CONTROL.*)$/gm)].map(([, command = '']) => ({
  command,
  method: /-X (\w+)/.exec(command)?.[1] ?? 'GET',
  path: /\$CONTROL(\S+)/.exec(command)?.[1] ?? '',
  body: /-d '(.+)'$/.exec(command)?.[1] ?? null,
}));

let sandbox: Sandbox;
beforeAll(async () => void (sandbox = await startSandbox({ port: 0, stateDir: null, clients })));
afterAll(() => sandbox.close());

describe('docs/sandbox.md', () => {
  it('names the endpoints and the client as they are', () => {
    for (const url of Object.values<string>({ ...sandbox.endpoints }))
      expect(page).toContain(`=${url.replace(sandbox.url, 'http://127.0.0.1:3002')}`);
    expect(JSON.parse(/^\{"clients"[^]*?^\}\]\}$/m.exec(page)?.[0] ?? '')).toEqual({ clients });
  });

  it('has commands for the control port', () => {
    expect(commands.length).toBeGreaterThan(10);
  });

  it.each(commands)('has a command that works: $command', async ({ method, path, body }) => {
    const response = await fetch(sandbox.controlUrl + path, {
      method,
      body,
      headers: body === null ? {} : { 'content-type': 'application/json' },
    });
    expect([response.status, response.ok ? '' : await response.text()]).toEqual([response.status, '']);
  });
});
