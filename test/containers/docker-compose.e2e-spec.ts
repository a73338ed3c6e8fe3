import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { Ajv } from 'ajv';
import formats from 'ajv-formats';
import { describe, expect, it } from '@jest/globals';
import { environmentSchema, loadEnvironment } from '../../src/config/index.js';
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
  ENCRYPTION_KEYS: `k1:${Buffer.alloc(32, 7).toString('base64')}`,
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

  it.each(roles)('gives %s only variables that Evergrant reads', (role) => {
    const known = Object.keys(environmentSchema.shape);
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
