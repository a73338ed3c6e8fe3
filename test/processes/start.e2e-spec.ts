import { chmodSync, chownSync, existsSync, mkdirSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { createServer } from 'node:net';
import { delimiter, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { freePort, until } from '../../sandbox/index.js';
import { createTestDatabase, type TestDatabase } from '../setup/index.js';
import { asUser, NodeProcess, repository, temporaryFolder } from '../harness/node-process.js';

const entry = join(repository, 'dist/main.js');
const isRoot = process.getuid?.() === 0;

let folder: ReturnType<typeof temporaryFolder>;
let ports: Record<'PORT' | 'OAUTH_SERVICE_PORT' | 'SANDBOX_PORT', string>;
let processes: NodeProcess[];
beforeEach(async () => {
  folder = temporaryFolder();
  ports = {
    PORT: String(await freePort()),
    OAUTH_SERVICE_PORT: String(await freePort()),
    SANDBOX_PORT: String(await freePort()),
  };
  processes = [];
});
afterEach(async () => {
  for (const started of processes) await started.stop();
  folder.remove();
});

function dataDir() {
  return join(folder.path, 'data');
}

function apiUrl() {
  return `http://localhost:${ports.PORT}`;
}

function start(variables: Record<string, string> = {}): NodeProcess {
  const started = NodeProcess.start([entry], { ...ports, DATA_DIR: dataDir(), ...variables });
  processes.push(started);
  return started;
}

/** The last line of what a newcomer reads. */
const banner = /^Stop: Ctrl-C.*$/m;

/** Every secret that lies in DATA_DIR, by its file. */
function storedSecrets(): [string, string][] {
  const secrets: [string, string][] = [];
  for (const file of readdirSync(dataDir())) {
    const path = join(dataDir(), file);
    if (!statSync(path).isFile() || /port$|\.log$/.test(file)) continue;
    const text = readFileSync(path, 'utf8').trim();
    const mcpToken = /"mcpToken":"([^"]+)"/.exec(text)?.[1];
    secrets.push([file, mcpToken ?? text.replace(/^k1:/, '')]);
  }
  return secrets;
}

/** What a start with everything given needs beside DATABASE_URL. */
const given = {
  ADMIN_API_KEY: 'canary-admin-key-0123456789-0123456789',
  ENCRYPTION_KEYS: `first:${Buffer.alloc(32, 1).toString('base64')}`,
  OAUTH_SERVICE_TOKEN: 'canary-service-token-0123456789-01234',
  GOOGLE_CLIENT_ID: 'canary-client-id',
  GOOGLE_CLIENT_SECRET: 'canary-client-secret',
};

async function expectRefused(variables: Record<string, string>, variable: string): Promise<void> {
  const refused = start(variables);
  expect(await refused.exitCode()).toBe(1);
  expect(refused.stderr).toMatch(new RegExp(`^Evergrant did not start: [^\\n]*\\b${variable}\\b[^\\n]*\\n$`));
  expect(refused.stdout + refused.stderr).not.toContain('canary');
}

describe('the first start', () => {
  it('connects a mailbox, calls a tool, shows no secret without a terminal, and the next one finds it', async () => {
    const first = start();
    await first.says(banner);
    expect(first.stdout).toContain('[ok] connected the demo mailbox demo@sandbox.test');
    expect(first.stdout).toContain('[ok] called the Gmail tool search_messages over MCP');
    const instance = /\/mcp\/([0-9a-f-]{36})/.exec(first.stdout)![1]!;
    const secrets = storedSecrets();
    expect(secrets.map(([file]) => file)).toEqual(
      expect.arrayContaining([
        'admin-api-key',
        'demo-mailbox.json',
        'encryption-keys',
        'oauth-service-token',
        'postgres-password',
      ]),
    );
    for (const [file, secret] of secrets) {
      expect([file, (first.stdout + first.stderr).includes(secret)]).toEqual([file, false]);
      expect([file, statSync(join(dataDir(), file)).mode & 0o777]).toEqual([file, 0o600]);
    }
    expect(await first.stop('SIGTERM')).toBe(0);
    expect(existsSync(join(dataDir(), 'postgres/postmaster.pid'))).toBe(false);

    const second = start();
    await second.says(banner);
    expect(second.stdout).toContain('is still connected from an earlier run');
    expect(second.stdout).toContain(instance);
    expect(await second.stop('SIGINT')).toBe(0);
  });

  it('comes back after kill -9, with the mailbox connected', async () => {
    const first = start();
    await first.says(banner);
    await first.stop('SIGKILL');
    const second = start();
    await second.says(banner);
    expect(second.stdout).toContain('is still connected from an earlier run');
  });

  it('prints lines that work: curl’s, and a block for an MCP client on a terminal', async () => {
    const first = NodeProcess.start(
      ['-qefc', `${process.execPath} ${entry}`, '/dev/null'],
      { ...ports, DATA_DIR: dataDir() },
      'script',
    );
    processes.push(first);
    await first.says(banner);
    const shown = first.stdout.replaceAll('\r', '');
    const key = readFileSync(join(dataDir(), 'admin-api-key'), 'utf8').trim();
    expect(shown).toContain(key);

    const block = JSON.parse(/^\{\n[\s\S]*?\n\}$/m.exec(shown)![0]) as {
      mcpServers: { evergrant: { url: string; headers: Record<string, string> } };
    };
    const { url, headers } = block.mcpServers.evergrant;
    const client = new Client({ name: 'newcomer', version: '1.0.0' });
    await client.connect(new StreamableHTTPClientTransport(new URL(url), { requestInit: { headers } }));
    expect((await client.listTools()).tools.length).toBeGreaterThan(0);
    await client.close();

    const lines = [...shown.matchAll(/^ {2}(curl .+)$/gm)].map(([, line]) => line!);
    expect(lines).toHaveLength(3);
    for (const line of lines) {
      const curl = NodeProcess.start(['-c', line.replace('curl', 'curl -fsS')], {}, 'bash');
      expect([line, await curl.exitCode()]).toEqual([line, 0]);
      expect(JSON.parse(curl.stdout)).toBeInstanceOf(Object);
    }
  });

  it('runs on Node 24 by npm start, whatever Node npm runs on', async () => {
    const PATH = process.env.PATH!.split(delimiter).filter((path) => !path.endsWith('node_modules/.bin'));
    const started = NodeProcess.start(
      ['-qefc', 'npm start', '/dev/null'],
      { ...ports, DATA_DIR: dataDir(), PATH: PATH.join(delimiter) },
      'script',
    );
    processes.push(started);
    await until('built and started', () => banner.test(started.stdout), { limitMs: 90_000 });
    expect(started.stdout).toMatch(/^Starting Evergrant on Node\.js 24\./m);
    const metrics = await (await fetch(`${apiUrl()}/metrics`)).text();
    expect(metrics).toMatch(/^evergrant_nodejs_version_info\{version="v24\./m);
    started.send('\u0003');
    await started.exitCode();
    await until('PostgreSQL is stopped', () => !existsSync(join(dataDir(), 'postgres/postmaster.pid')));
  }, 120_000);

  it('works for an ordinary user', async () => {
    if (!isRoot) return;
    mkdirSync(dataDir());
    chmodSync(folder.path, 0o755);
    chownSync(dataDir(), 65534, 65534);
    const first = NodeProcess.start(
      [...asUser(65534), process.execPath, entry],
      { ...ports, DATA_DIR: dataDir(), HOME: dataDir() },
      'setpriv',
    );
    processes.push(first);
    await first.says(banner);
    expect(first.stdout).toContain('[ok] called the Gmail tool search_messages over MCP');
  });
});

describe('a start is refused in one line that names the variable and no value', () => {
  it.each(['PORT', 'OAUTH_SERVICE_PORT', 'SANDBOX_PORT'] as const)('when %s is busy', async (variable) => {
    const busy = createServer().listen(Number(ports[variable]), 'localhost');
    await until('the port is busy', () => busy.listening);
    try {
      await expectRefused({}, variable);
      expect(existsSync(join(dataDir(), 'postgres/postmaster.pid'))).toBe(false);
    } finally {
      busy.close();
    }
  });

  it.each([
    ['PORT', { PORT: 'canary' }],
    ['ENCRYPTION_KEYS', { ENCRYPTION_KEYS: 'canary' }],
    ['GOOGLE_TOKEN_URL', { GOOGLE_CLIENT_ID: 'x', GOOGLE_TOKEN_URL: 'http://canary.example.com' }],
  ])('when %s is wrong', async (variable, variables) => {
    await expectRefused(variables, variable);
  });

  it.each(Object.keys(given))('when %s is missing beside DATABASE_URL', async (variable) => {
    const rest = Object.fromEntries(Object.entries(given).filter(([name]) => name !== variable));
    await expectRefused({ ...rest, DATABASE_URL: 'postgres://canary:canary@127.0.0.1:1/x' }, variable);
  });

  it('when the database cannot be reached', async () => {
    const port = await freePort();
    await expectRefused(
      { ...given, DATABASE_URL: `postgres://canary:canary@127.0.0.1:${port}/x` },
      'DATABASE_URL',
    );
  });
});

describe('the version of Node', () => {
  /** Runs the product in a Node that says it is another version. */
  function startOn(version: string): NodeProcess {
    const claim = `Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '${version}' } })`;
    const started = NodeProcess.start(
      ['--import', `data:text/javascript,${encodeURIComponent(claim)}`, entry],
      {
        ...ports,
        DATA_DIR: dataDir(),
        PORT: 'canary',
      },
    );
    processes.push(started);
    return started;
  }

  it.each(['18.20.8', '20.20.2', '22.18.0'])(
    '%s is refused in one line before anything is loaded',
    async (version) => {
      const refused = startOn(version);
      expect(await refused.exitCode()).toBe(1);
      expect(refused.stderr).toMatch(
        new RegExp(`^Evergrant did not start: it needs Node[^\\n]* ${version}\\.[^\\n]*\\n$`),
      );
      expect(refused.stdout).toBe('');
    },
  );

  it.each(['22.19.0', '23.0.0', '24.0.0'])('%s is accepted', async (version) => {
    const accepted = startOn(version);
    expect(await accepted.exitCode()).toBe(1);
    expect(accepted.stderr).toMatch(/^Evergrant did not start: PORT/);
  });

  it('asked for is the one that package.json names', async () => {
    const { engines } = JSON.parse(readFileSync(join(repository, 'package.json'), 'utf8')) as {
      engines: { node: string };
    };
    const refused = startOn('20.20.2');
    await refused.exitCode();
    expect(refused.stderr).toContain(`needs Node.js ${engines.node.replace('>=', '')} or newer`);
  });
});

describe('with a PostgreSQL of its own', () => {
  let database: TestDatabase;
  beforeEach(async () => {
    database = await createTestDatabase({ migrated: false });
  });
  afterEach(async () => {
    for (const started of processes) await started.stop();
    await database.drop();
  });

  const ready = (port: string) =>
    until(
      'ready',
      async () => (await fetch(`http://localhost:${port}/health/ready`).catch(() => null))?.status === 200,
    );

  it('several processes start at once, migrate once, and each can be probed', async () => {
    const roles = ['api', 'api,refresher', 'refresher'];
    const listening = await Promise.all(
      roles.map(async (role) => {
        const port = String(await freePort());
        start({ ...given, DATABASE_URL: database.url, ROLES: role, PORT: port });
        return port;
      }),
    );
    for (const port of listening) await ready(port);
  });

  it('is refused with ENCRYPTION_KEYS that cannot open what it holds, and accepts them beside newer ones', async () => {
    const first = start({ ...given, DATABASE_URL: database.url, ROLES: 'api' });
    await ready(ports.PORT);
    const response = await fetch(`${apiUrl()}/api/instances`, {
      method: 'POST',
      headers: { authorization: `Bearer ${given.ADMIN_API_KEY}`, 'content-type': 'application/json' },
      body: JSON.stringify({ name: 'x', clientId: 'own', clientSecret: 'own-secret' }),
    });
    expect(response.status).toBe(201);
    expect(await first.stop()).toBe(0);

    const foreign = `other:${Buffer.alloc(32, 2).toString('base64')}`;
    const sameId = `first:${Buffer.alloc(32, 2).toString('base64')}`;
    for (const keys of [foreign, sameId]) {
      await expectRefused(
        { ...given, DATABASE_URL: database.url, ROLES: 'api', ENCRYPTION_KEYS: keys },
        'ENCRYPTION_KEYS',
      );
    }
    start({
      ...given,
      DATABASE_URL: database.url,
      ROLES: 'api',
      ENCRYPTION_KEYS: `${foreign},${given.ENCRYPTION_KEYS}`,
    });
    await ready(ports.PORT);
  });
});

describe('the role oauth', () => {
  it('runs alone, without a database, behind its token', async () => {
    start({ ROLES: 'oauth', OAUTH_SERVICE_TOKEN: given.OAUTH_SERVICE_TOKEN });
    const url = `http://localhost:${ports.OAUTH_SERVICE_PORT}`;
    await until('healthy', async () => (await fetch(`${url}/health`).catch(() => null))?.status === 200);
    expect(existsSync(join(dataDir(), 'postgres'))).toBe(false);
    expect((await fetch(`${url}/providers`)).status).toBe(401);
    const authorization = `Bearer ${given.OAUTH_SERVICE_TOKEN}`;
    const providers = await fetch(`${url}/providers`, { headers: { authorization } });
    expect(await providers.json()).toEqual({ providers: ['google'] });
    const exchange = await fetch(`${url}/credentials/exchange`, {
      method: 'POST',
      headers: { authorization },
    });
    expect([exchange.status, await exchange.json()]).toMatchObject([
      400,
      { errorCode: 'OAUTH_FLOW_REQUIRED' },
    ]);
  });
});
