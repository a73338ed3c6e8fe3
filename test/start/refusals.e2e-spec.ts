import { createHash, randomBytes } from 'node:crypto';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { freePort, until } from '../../sandbox/index.js';
import { queryOnce } from '../harness/database/query-once.js';
import { NodeProcess, repository, temporaryFolder } from '../harness/node-process.js';
import { createTestDatabase, type TestDatabase } from '../setup/index.js';

/** A busy machine takes its time. */
const startLimitMs = 60_000;
jest.setTimeout(2 * startLimitMs);

const secretVariables = [
  'ADMIN_API_KEY',
  'ENCRYPTION_KEYS',
  'OAUTH_SERVICE_TOKEN',
  'GOOGLE_CLIENT_SECRET',
  'DATABASE_URL',
];

const secrets = {
  ADMIN_API_KEY: 'canary-admin-key-0123456789-0123456789',
  ENCRYPTION_KEYS: `k1:${createHash('sha256').update('a master key').digest('base64')}`,
  OAUTH_SERVICE_TOKEN: 'canary-service-token-0123456789-01234',
  GOOGLE_CLIENT_ID: 'canary-client-id',
  GOOGLE_CLIENT_SECRET: 'canary-client-secret',
};
const production = { ...secrets, NODE_ENV: 'production', PUBLIC_URL: 'https://canary.example.com' };

let folder: ReturnType<typeof temporaryFolder>;
let database: TestDatabase;
let refused: NodeProcess | undefined;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());
beforeEach(() => {
  folder = temporaryFolder();
});
afterEach(async () => {
  await refused?.stop('SIGKILL');
  folder.remove();
});

/** Expects the one line that names the variable, no value of any, and nothing left behind. */
async function expectRefusal(variable: string, variables: Record<string, string>): Promise<void> {
  const dataDir = join(folder.path, 'data');
  const ports = { PORT: String(await freePort()), OAUTH_SERVICE_PORT: String(await freePort()) };
  refused = NodeProcess.start([join(repository, 'dist/main.js')], {
    DATA_DIR: dataDir,
    ...ports,
    ...variables,
  });
  expect(await refused.exitCode()).toBe(1);
  expect(refused.stderr).toMatch(new RegExp(`^Evergrant did not start: [^\\n]*\\b${variable}\\b[^\\n]*\\n$`));
  expect(refused.stdout + refused.stderr).not.toContain('canary');
  expect(existsSync(join(dataDir, 'postgres'))).toBe(false);
}

const drawn = createHash('sha256').update('a secret').digest('base64url');

describe('a start is refused', () => {
  it.each<[string, Record<string, string>]>([
    ['ADMIN_API_KEY', { ADMIN_API_KEY: 'canary'.repeat(10) }],
    ['ADMIN_API_KEY', { ADMIN_API_KEY: 'a'.repeat(64) }],
    ['OAUTH_SERVICE_TOKEN', { OAUTH_SERVICE_TOKEN: '0123456789'.repeat(4) }],
    ['ENCRYPTION_KEYS', { ENCRYPTION_KEYS: `k1:${Buffer.alloc(32).toString('base64')}` }],
    ['ADMIN_API_KEY', { ADMIN_API_KEY: drawn, OAUTH_SERVICE_TOKEN: drawn }],
    ['PUBLIC_URL', { PUBLIC_URL: 'http://canary.example.com' }],
    ['DATABASE_URL', { DATABASE_URL: 'postgres://canary:canary@canary.example.com/x?sslmode=disable' }],
    ['DATABASE_DIRECT_URL', { DATABASE_DIRECT_URL: 'postgres://canary:canary@canary.example.com/x' }],
  ])('in production with an unsafe %s', async (variable, variables) => {
    await expectRefusal(variable, { ...production, DATABASE_URL: database.url, ...variables });
    for (const value of Object.values(variables))
      expect(refused!.stdout + refused!.stderr).not.toContain(value);
  });

  it('when a secret is given twice, or its file cannot be read', async () => {
    const file = join(folder.path, 'canary');
    writeFileSync(file, secrets.ADMIN_API_KEY);
    await expectRefusal('ADMIN_API_KEY_FILE', { ...production, ADMIN_API_KEY_FILE: file });
    const { ENCRYPTION_KEYS, ...others } = production;
    await expectRefusal('ENCRYPTION_KEYS_FILE', { ...others, ENCRYPTION_KEYS_FILE: `${file}-absent` });
    await expectRefusal('ENCRYPTION_KEYS', { ...others, ENCRYPTION_KEYS_FILE: file });
    expect(ENCRYPTION_KEYS).toBeDefined();
  });

  it('when the user of the database may not act for tenants, with the words to run', async () => {
    const user = `canary_${randomBytes(4).toString('hex')}`;
    const url = Object.assign(new URL(database.url), { username: user, password: 'canary' });
    await queryOnce(database.adminUrl, `CREATE ROLE ${user} LOGIN PASSWORD 'canary'`);
    try {
      await queryOnce(database.adminUrl, `GRANT SELECT ON migrations TO ${user}`);
      await expectRefusal('DATABASE_URL', { ...secrets, DATABASE_URL: url.href });
      expect(refused!.stderr).toContain('GRANT evergrant_tenant TO "user"');
    } finally {
      await queryOnce(database.adminUrl, `DROP OWNED BY ${user}`);
      await queryOnce(database.adminUrl, `DROP ROLE ${user}`);
    }
  });

  it.each(Object.keys(production).filter((name) => name !== 'NODE_ENV'))(
    'in production without %s, with nothing generated in its place',
    async (missing) => {
      const given = Object.fromEntries(Object.entries(production).filter(([name]) => name !== missing));
      await expectRefusal(missing, given);
      expect(existsSync(join(folder.path, 'data'))).toBe(false);
    },
  );

  it('when the database does not know the user or its password', async () => {
    const url = new URL(database.url);
    url.username = 'canary-user';
    url.password = 'canary-password';
    await expectRefusal('DATABASE_URL', { ...secrets, DATABASE_URL: url.href });
  });

  it('when the database that migrations go to is another, unreachable one', async () => {
    const direct = `postgres://canary-user:canary-password@127.0.0.1:${await freePort()}/x`;
    await expectRefusal('DATABASE_DIRECT_URL', {
      ...secrets,
      DATABASE_URL: database.url,
      DATABASE_DIRECT_URL: direct,
    });
  });
});

describe('a start with its secrets in files', () => {
  it('serves, and takes the keys that the files hold', async () => {
    const given: Record<string, string> = { ...production, DATABASE_URL: database.url };
    const inFiles = Object.entries(given).map(([name, value]) => {
      if (!secretVariables.includes(name)) return [name, value];
      const path = join(folder.path, name);
      writeFileSync(path, `${value}\n`);
      return [`${name}_FILE`, path];
    });
    const port = String(await freePort());
    refused = NodeProcess.start([join(repository, 'dist/main.js')], {
      ...(Object.fromEntries(inFiles) as Record<string, string>),
      ...{ DATA_DIR: join(folder.path, 'data'), PORT: port, ROLES: 'api', LISTEN_HOST: 'localhost' },
    });
    const headers = { authorization: `Bearer ${secrets.ADMIN_API_KEY}` };
    const answer = await until(
      'it serves',
      async () => {
        if (!refused!.running) throw new Error(refused!.stderr);
        return fetch(`http://localhost:${port}/api/tenants`, { headers }).catch(() => null);
      },
      { limitMs: startLimitMs },
    );
    expect(answer.status).toBe(200);
    await refused.stop();
  });
});
