import { createHash, randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { Ajv } from 'ajv';
import formats from 'ajv-formats';
import { afterAll, describe, expect, it } from '@jest/globals';
import { environmentSchema, loadEnvironment } from '../../src/config/index.js';
import { migrateDatabase } from '../../src/database/index.js';
import { queryOnce } from '../harness/database/query-once.js';
import {
  composeFile,
  containerEnvironment,
  exampleVariables,
  referencedVariables,
  services,
} from './compose-file.js';

const roles = ['api', 'oauth', 'refresher'] as const;
const dockerfile = readFileSync('Dockerfile', 'utf8');

/** A filled-in `.env`. */
const dotEnv = {
  ...exampleVariables,
  POSTGRES_PASSWORD: 'canary-postgres-password',
  OAUTH_SERVICE_TOKEN: 'canary-oauth-service-token-0123456789',
  ADMIN_API_KEY: 'canary-operator-key-0123456789abcdef',
  ENCRYPTION_KEYS: `k1:${createHash('sha256').update('a master key').digest('base64')}`,
  GOOGLE_CLIENT_ID: 'client',
  GOOGLE_CLIENT_SECRET: 'secret',
};

/** Compose's own schema, as the linter dclint ships it. */
function composeSchema(): object {
  const dclint = dirname(createRequire(import.meta.url).resolve('dclint/package.json'));
  const text = readFileSync(join(dclint, 'schemas/compose.schema.json'), 'utf8');
  // Ajv knows draft 7 under another address than the one written there.
  const { $schema, ...schema } = JSON.parse(text) as { $schema: string };
  return schema;
}

describe('docker-compose.yml', () => {
  const ajv = new Ajv({ strict: false });
  formats.default(ajv);
  const isComposeFile = ajv.compile(composeSchema());

  it('is what Compose’s own schema asks for', () => {
    isComposeFile(composeFile);
    expect(isComposeFile.errors).toBeNull();
  });

  it('would be refused with a key that Compose does not know', () => {
    expect(isComposeFile({ services: { api: { image: 'evergrant', healthchek: {} } } })).toBe(false);
  });

  it('runs PostgreSQL and each role as a service of its own', () => {
    expect(Object.keys(services).sort()).toEqual([...roles, 'postgres'].sort());
    for (const role of roles) expect(services[role]?.environment.ROLES).toBe(role);
  });

  it.each(roles)('gives %s only variables that Evergrant, or Node, reads', (role) => {
    const known = [...Object.keys(environmentSchema.shape), 'NODE_OPTIONS'];
    const given = Object.keys(services[role]?.environment ?? {});

    expect(given.filter((name) => !known.includes(name))).toEqual([]);
  });

  it.each(roles)('gives %s an environment that starts in production', (role) => {
    const environment = containerEnvironment(services[role]!, dotEnv);

    expect(loadEnvironment({ ...environment, NODE_ENV: 'production' })).toMatchObject({
      ROLES: new Set([role]),
      listenHost: '0.0.0.0',
      usesSandbox: false,
    });
  });

  it('takes from .env what deploy/.env.example explains, and nothing else', () => {
    expect([...referencedVariables].sort()).toEqual(Object.keys(exampleVariables).sort());
  });

  it('does not start without a secret that is missing', () => {
    const { ADMIN_API_KEY, ...others } = dotEnv;

    expect(() => containerEnvironment(services.api!, others)).toThrow('ADMIN_API_KEY is required');
  });

  it('waits for the database, but never for the OAuth service', () => {
    for (const role of ['api', 'refresher']) {
      expect(services[role]?.depends_on).toEqual({
        postgres: { condition: 'service_healthy' },
        oauth: { condition: 'service_started' },
      });
    }
  });
});

describe('the database of docker-compose.yml', () => {
  const owner = `evergrant_compose_${randomBytes(4).toString('hex')}`;
  const admin = `postgres_compose_${randomBytes(4).toString('hex')}`;
  const server = process.env.EVERGRANT_TEST_SERVER!;
  afterAll(async () => {
    await queryOnce(server, `DROP DATABASE IF EXISTS ${owner}`);
    await queryOnce(server, `DROP ROLE IF EXISTS ${owner}`);
    await queryOnce(server, `DROP ROLE IF EXISTS ${admin}`);
  });

  it('is made for a user who is no superuser, while the one of the image keeps no password', async () => {
    const password = 'canary-password';
    await queryOnce(server, `CREATE ROLE ${admin} SUPERUSER LOGIN PASSWORD '${password}'`);
    const script = readFileSync('deploy/postgres/evergrant.sql', 'utf8');
    const statements = script
      .replace(/^(--|\\).*$/gm, '')
      .replaceAll(/\bevergrant\b/g, owner)
      .replaceAll(/\bpostgres\b/g, admin)
      .replace(":'password'", `'${password}'`)
      .split(';')
      // The server of the tests has this one already.
      .filter((statement) => statement.trim() !== '' && !statement.includes('CREATE ROLE evergrant_tenant'));
    for (const statement of statements) await queryOnce(server, statement);

    const url = Object.assign(new URL(server), { username: owner, password, pathname: `/${owner}` }).href;
    expect(await migrateDatabase(url)).toMatchObject({ isSuperuser: false });
    const [role] = await queryOnce<{ passwordless: boolean }>(
      server,
      `SELECT rolpassword IS NULL AS passwordless FROM pg_authid WHERE rolname = '${admin}'`,
    );
    expect(role).toEqual({ passwordless: true });
  });

  it('is reached by that user, and by no other', () => {
    for (const role of ['api', 'refresher']) {
      const { DATABASE_URL = '' } = containerEnvironment(services[role]!, dotEnv);
      const { username, pathname } = new URL(DATABASE_URL);
      expect([username, pathname]).toEqual(['evergrant', '/evergrant']);
    }
    expect(services.postgres?.environment).toEqual({ POSTGRES_PASSWORD: '${POSTGRES_PASSWORD:?}' });
  });
});

describe('Dockerfile', () => {
  it('checks health as docker-compose.yml does', () => {
    const [, command = ''] = /^HEALTHCHECK .*CMD (\[.+\])$/m.exec(dockerfile) ?? [];

    for (const role of roles) {
      expect(services[role]?.healthcheck.test).toEqual(['CMD', ...(JSON.parse(command) as string[])]);
    }
  });

  it('ends as an ordinary user, in production', () => {
    const [, finalStage = ''] = /^(?:.*\n)*(FROM (?:.*\n)*)$/.exec(dockerfile) ?? [];

    expect(finalStage).toMatch(/^USER node$/m);
    expect(finalStage).toMatch(/^ENV NODE_ENV=production$/m);
  });
});
