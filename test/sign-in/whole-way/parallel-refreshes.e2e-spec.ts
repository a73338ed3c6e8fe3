import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { NodeProcess } from '../../harness/node-process.js';
import { TestApp } from '../../harness/test-app.js';
import { connected, refresh, signInVariables } from '../scripted-client.js';

const processes = 4;
const refreshesOfEach = 5;

let app: TestApp;
let other: TestApp;
beforeAll(async () => {
  app = await TestApp.start(signInVariables);
  other = await TestApp.start({ ...signInVariables, PUBLIC_URL: app.environment.publicUrl }, { beside: app });
});
afterAll(async () => {
  await other.stop();
  await app.stop();
});

type Connected = Awaited<ReturnType<typeof connected>>;

interface Refreshed {
  status: number;
  access_token?: string;
  refresh_token?: string;
}

/** A process of the client's host: it says that it is there, and refreshes when it is told the tokens. */
const hostProgram = `
  process.stdout.write('ready\\n');
  process.stdin.once('data', async (line) => {
    const { urls, form } = JSON.parse(line);
    const answers = await Promise.all(urls.map(async (url) => {
      const answer = await fetch(url, { method: 'POST', body: new URLSearchParams(form) });
      return { status: answer.status, ...(await answer.json()) };
    }));
    process.stdout.write(JSON.stringify(answers) + '\\n');
    process.exit();
  });
`;

/** All processes of a host refresh with one token, at one moment, at both processes of ours. */
async function refreshTogether({ attempt, refreshToken }: Connected): Promise<Refreshed[]> {
  const hosts = Array.from({ length: processes }, () =>
    NodeProcess.start(['--input-type=module', '--eval', hostProgram]),
  );
  try {
    await Promise.all(hosts.map((host) => host.says(/ready/)));
    const urls = Array.from({ length: refreshesOfEach }, (_each, n) => `${[app, other][n % 2]?.url}/token`);
    const { clientId: client_id, publicUrl } = attempt;
    const grant = { grant_type: 'refresh_token', refresh_token: refreshToken, client_id };
    const line = JSON.stringify({ urls, form: { ...grant, resource: `${publicUrl}/mcp` } });
    for (const host of hosts) host.send(`${line}\n`);
    const said = await Promise.all(hosts.map((host) => host.says(/^\[.*\]$/m)));
    return said.flatMap(([answers]) => JSON.parse(answers) as Refreshed[]);
  } finally {
    await Promise.all(hosts.map((host) => host.stop()));
  }
}

async function toolsStatus(accessToken: string): Promise<number> {
  const answer = await fetch(`${other.url}/mcp`, {
    method: 'POST',
    headers: {
      ...{ accept: 'application/json, text/event-stream', 'content-type': 'application/json' },
      authorization: `Bearer ${accessToken}`,
    },
    body: JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/list', params: {} }),
  });
  await answer.text();
  return answer.status;
}

it('twenty refreshes of four processes with one token succeed, and have one successor', async () => {
  const client = await connected(app);
  const answers = await refreshTogether(client);
  expect(answers.map(({ status }) => status)).toEqual(
    Array.from({ length: processes * refreshesOfEach }, () => 200),
  );
  const successors = new Set(answers.map(({ refresh_token }) => refresh_token));
  expect(successors.size).toBe(1);
  const statuses = await Promise.all(answers.map(({ access_token = '' }) => toolsStatus(access_token)));
  expect(new Set(statuses)).toEqual(new Set([200]));
  const [successor = ''] = successors;
  expect(await refresh(client.attempt, successor)).toMatchObject({ status: 200 });
});

it('a token stolen by one of them ends the whole family once the grace is over', async () => {
  const client = await connected(app);
  const [answer] = await refreshTogether(client);
  const { access_token = '', refresh_token = '' } = answer ?? {};
  expect(await toolsStatus(access_token)).toBe(200);
  await app.advance(31 * 60);
  const late = await refreshTogether(client);
  expect(new Set(late.map(({ status }) => status))).toEqual(new Set([400]));
  expect(await toolsStatus(access_token)).toBe(401);
  expect(await refresh(client.attempt, refresh_token)).toMatchObject({
    status: 400,
    body: { error: 'invalid_grant' },
  });
});
