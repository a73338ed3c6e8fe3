import { createHash } from 'node:crypto';
import { chownSync, chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { freePort, until } from '../../sandbox/index.js';
import { DebianPostgres } from '../harness/database/debian-postgres.js';
import { queryOnce } from '../harness/database/query-once.js';
import { NodeProcess, repository, temporaryFolder } from '../harness/node-process.js';
import { authorityFile, certificateFiles } from './private-authority.js';

jest.setTimeout(120_000);

if (DebianPostgres.programs === null)
  process.stderr.write('Skipped: TLS to PostgreSQL, which is not installed (apt-get install postgresql)\n');

const given = {
  ROLES: 'api',
  ADMIN_API_KEY: 'operator-key-of-a-database-0123456789',
  ENCRYPTION_KEYS: `k1:${createHash('sha256').update('a master key over TLS').digest('base64')}`,
  OAUTH_SERVICE_TOKEN: 'service-token-of-a-database-0123456789',
  GOOGLE_CLIENT_ID: 'client',
  GOOGLE_CLIENT_SECRET: 'client-secret',
  LOG_LEVEL: 'info',
};

(DebianPostgres.programs === null ? describe.skip : describe)(
  'a PostgreSQL with a certificate of a private authority',
  () => {
    const folder = temporaryFolder();
    let server: DebianPostgres;
    let url: string;
    let started: NodeProcess;
    beforeAll(async () => {
      const { cert, key } = certificateFiles(folder.path);
      chmodSync(folder.path, 0o755);
      if (process.getuid?.() === 0) for (const path of [cert, key]) chownSync(path, 65_534, 65_534);
      server = await DebianPostgres.start(['ssl=on', `ssl_cert_file=${cert}`, `ssl_key_file=${key}`]);
      for (const statement of [
        "CREATE ROLE evergrant LOGIN CREATEROLE PASSWORD 'password'",
        'CREATE DATABASE evergrant OWNER evergrant',
      ])
        await queryOnce(server.adminUrl, statement);
      url = `${server.url('evergrant', 'password', 'evergrant')}?sslmode=verify-full`;
    });
    afterEach(() => started.stop());
    afterAll(async () => {
      await server.remove();
      folder.remove();
    });

    /** Variables of a file `.env`, which Node reads later than those of the environment. */
    async function start(variables: Record<string, string>): Promise<string> {
      const port = String(await freePort());
      const file = join(folder.path, '.env');
      const lines = Object.entries({
        ...given,
        PORT: port,
        DATA_DIR: join(folder.path, 'data'),
        ...variables,
      });
      writeFileSync(file, lines.map(([name, value]) => `${name}='${value}'\n`).join(''));
      started = NodeProcess.start([`--env-file=${file}`, join(repository, 'dist/main.js')]);
      return `http://localhost:${port}`;
    }

    async function expectServed(variables: Record<string, string>): Promise<void> {
      const api = await start(variables);
      await until('ready', async () => {
        if (!started.running) throw new Error(started.stderr);
        return (await fetch(`${api}/health/ready`).catch(() => null))?.status === 200;
      });
      const plain = `SELECT FROM pg_stat_ssl JOIN pg_stat_activity USING (pid) WHERE usename = 'evergrant' AND ssl`;
      expect((await queryOnce(server.adminUrl, plain)).length).toBeGreaterThan(0);
      expect(await queryOnce(server.adminUrl, plain.replace('AND ssl', 'AND NOT ssl'))).toEqual([]);
    }

    it('is refused in one line that names what would trust it', async () => {
      await start({ DATABASE_URL: url });
      expect(await started.exitCode()).toBe(1);
      expect(started.stderr).toMatch(
        /^Evergrant did not start: DATABASE_URL: the server's certificate is not trusted; [^\n]*NODE_EXTRA_CA_CERTS[^\n]*\n$/,
      );
    });

    it('is used over TLS alone with NODE_EXTRA_CA_CERTS, from a file .env too', async () => {
      await expectServed({ DATABASE_URL: url, NODE_EXTRA_CA_CERTS: authorityFile(folder.path) });
    });

    it('is used over TLS alone with sslrootcert in its URL', async () => {
      await expectServed({ DATABASE_URL: `${url}&sslrootcert=${authorityFile(folder.path)}` });
    });

    it.each([
      ['absent', 'ENOENT'],
      ['.env', 'without a certificate'],
    ])('is not begun with NODE_EXTRA_CA_CERTS that names %s', async (name, problem) => {
      await start({ DATABASE_URL: url, NODE_EXTRA_CA_CERTS: join(folder.path, name) });
      expect(await started.exitCode()).toBe(1);
      expect(started.stderr).toMatch(/^Evergrant did not start: NODE_EXTRA_CA_CERTS [^\n]*\n$/);
      expect(started.stderr).toContain(problem);
    });

    it('is refused with the name of the variable when its password is wrong', async () => {
      await start({
        DATABASE_URL: url.replace(':password@', ':canary@'),
        NODE_EXTRA_CA_CERTS: authorityFile(folder.path),
      });
      expect(await started.exitCode()).toBe(1);
      expect(started.stderr).toBe(
        'Evergrant did not start: DATABASE_URL: the database refused its user or password (28P01)\n',
      );
    });
  },
);
