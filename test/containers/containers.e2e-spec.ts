import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import {
  connectMailbox,
  freePort,
  googleVariables,
  SandboxControl,
  startSandbox,
  until,
  type Sandbox,
} from '../../sandbox/index.js';
import { version } from '../../src/config/index.js';
import { NodeProcess } from '../harness/node-process.js';
import { createTestDatabase, type TestDatabase } from '../setup/index.js';
import { containerEnvironment, exampleVariables, services } from './compose-file.js';

// The services of docker-compose.yml, without the containers around them: the same commands with the same
// variables; hosts and ports are on loopback, and the sandbox stands in for Google.

const roles = ['oauth', 'api', 'refresher'] as const;
type Role = (typeof roles)[number];

const startLimitMs = 25_000;
function secret() {
  return randomBytes(32).toString('base64url');
}

const clientId = '200000000002-tests.apps.sandbox.test';
const dotEnv = {
  ...exampleVariables,
  POSTGRES_PASSWORD: secret(),
  OAUTH_SERVICE_TOKEN: secret(),
  ADMIN_API_KEY: secret(),
  ENCRYPTION_KEYS: `k1:${randomBytes(32).toString('base64')}`,
  GOOGLE_CLIENT_ID: clientId,
  GOOGLE_CLIENT_SECRET: secret(),
};

let database: TestDatabase;
let google: Sandbox;
let apiUrl: string;
const environments = new Map<Role, Record<string, string>>();
const processes = new Map<Role, NodeProcess>();

beforeAll(async () => {
  const ports = { api: await freePort(), oauth: await freePort(), refresher: await freePort() };
  apiUrl = `http://localhost:${ports.api}`;
  database = await createTestDatabase({ migrated: false });
  google = await startSandbox({
    port: 0,
    stateDir: null,
    clients: [
      {
        clientId,
        clientSecret: dotEnv.GOOGLE_CLIENT_SECRET,
        redirectUris: [`${apiUrl}/oauth/callback`],
      },
    ],
  });
  for (const role of roles) {
    environments.set(role, onThisMachine(role, ports));
    processes.set(role, NodeProcess.start(['dist/main.js'], environments.get(role)));
  }
}, startLimitMs);
afterAll(async () => {
  for (const process of processes.values()) await process.stop('SIGKILL');
  await google.close();
  await database.drop();
});

/** The service's variables, each with another value only where it names a host or a port. */
function onThisMachine(role: Role, ports: Record<Role, number>): Record<string, string> {
  const given = containerEnvironment(services[role]!, dotEnv);
  const moved: Record<string, string> = {
    PORT: String(ports[role]),
    OAUTH_SERVICE_PORT: String(ports.oauth),
    OAUTH_SERVICE_URL: `http://localhost:${ports.oauth}`,
    DATABASE_URL: database.url,
    PUBLIC_URL: apiUrl,
  };
  return {
    ...Object.fromEntries(Object.entries(given).map(([name, value]) => [name, moved[name] ?? value])),
    NODE_ENV: 'production',
    LISTEN_HOST: '127.0.0.1',
    ...googleVariables(google.endpoints),
  };
}

/** Runs the command that docker-compose.yml names, as its container would. */
async function healthCheck(role: Role, environment = environments.get(role)): Promise<number | null> {
  const [, command, ...args] = services[role]?.healthcheck.test ?? [];
  expect(command).toBe('node');
  return NodeProcess.start(args, environment).exitCode();
}

async function healthy(role: Role): Promise<void> {
  await until(`${role} is healthy`, async () => {
    const process = processes.get(role);
    if (process?.running !== true) throw new Error(`${role} ended: ${process?.stderr ?? ''}`);
    return (await healthCheck(role)) === 0;
  });
}

async function api(method: string, path: string, body?: object): Promise<Record<string, unknown>> {
  const response = await fetch(apiUrl + path, {
    method,
    headers: { authorization: `Bearer ${dotEnv.ADMIN_API_KEY}`, 'content-type': 'application/json' },
    body: JSON.stringify(body ?? {}),
  });
  return (await response.json()) as Record<string, unknown>;
}

it(
  'becomes healthy in every service, connects a mailbox and refreshes it through the OAuth service',
  async () => {
    for (const role of roles) await healthy(role);
    expect(await (await fetch(`${apiUrl}/health`)).json()).toMatchObject({ status: 'ok' });

    const { id } = await api('POST', '/api/instances', { name: 'Mailbox' });
    const { authorizationUrl } = await api('POST', `/api/instances/${String(id)}/start-oauth`);
    expect(await connectMailbox(String(authorizationUrl))).toContain(`connected=${String(id)}`);

    const control = new SandboxControl(google.controlUrl);
    await control.clearLedger();
    expect(await api('POST', `/api/instances/${String(id)}/refresh`)).toMatchObject({
      source: 'oauth-service',
    });
    expect((await control.ledger()).tokenRequests).toHaveLength(1);
  },
  startLimitMs,
);

it(
  'says in one line of each service which release it runs, in which roles, on which ports',
  async () => {
    for (const role of roles) {
      const line = () => /^.*"Evergrant has started".*$/m.exec(processes.get(role)?.stdout ?? '')?.[0];
      await until(`${role} has started`, () => line() !== undefined, { limitMs: startLimitMs });
      const { PORT, OAUTH_SERVICE_PORT } = environments.get(role) ?? {};
      const ports =
        role === 'oauth' ? { OAUTH_SERVICE_PORT: Number(OAUTH_SERVICE_PORT) } : { PORT: Number(PORT) };
      expect(JSON.parse(line() ?? '')).toMatchObject({ version, roles: [role], ports });
    }
  },
  startLimitMs,
);

it.each(roles)('finds %s unhealthy while nothing answers', async (role) => {
  const port = String(await freePort());

  expect(await healthCheck(role, { ...environments.get(role), PORT: port, OAUTH_SERVICE_PORT: port })).toBe(
    1,
  );
});
