import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { freePort } from '../../sandbox/index.js';
import { NodeProcess, repository, temporaryFolder } from '../harness/node-process.js';
import { createTestDatabase, type TestDatabase } from '../setup/index.js';

const secrets = {
  ADMIN_API_KEY: 'canary-admin-key-0123456789-0123456789',
  ENCRYPTION_KEYS: `k1:${Buffer.alloc(32, 1).toString('base64')}`,
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

describe('a start is refused', () => {
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
