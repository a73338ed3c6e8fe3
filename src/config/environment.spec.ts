import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { ConfigurationError } from './configuration-error.js';
import { environmentSchema, loadEnvironment } from './environment.js';
import { deploymentClient, encryptionKeys } from './secrets.js';

const key = Buffer.alloc(32, 1).toString('base64');

describe('the environment', () => {
  it('needs no variable at all to be complete', () => {
    const environment = loadEnvironment({});
    expect(environment).toMatchObject({
      PORT: 3000,
      OAUTH_SERVICE_PORT: 3001,
      publicUrl: 'http://localhost:3000',
      usesEmbeddedDatabase: true,
      usesSandbox: true,
      listenHost: 'localhost',
    });
    expect([...environment.ROLES]).toEqual(['api', 'oauth', 'refresher']);
  });

  it.each([
    ['follows its port in a process with the role', { OAUTH_SERVICE_PORT: '3011' }, 'http://localhost:3011'],
    [
      'does so beside an empty variable',
      { OAUTH_SERVICE_PORT: '3011', OAUTH_SERVICE_URL: '' },
      'http://localhost:3011',
    ],
    ['is the default’s in a process without it', { ROLES: 'api' }, 'http://localhost:3001'],
    [
      'is what it is said to be',
      { OAUTH_SERVICE_PORT: '3011', OAUTH_SERVICE_URL: 'https://oauth.example.com/' },
      'https://oauth.example.com',
    ],
  ])('where the OAuth service is %s', (_what, variables, url) => {
    expect(loadEnvironment(variables).oauthServiceUrl).toBe(url);
  });

  it('takes an empty variable for an unset one', () => {
    expect(loadEnvironment({ PORT: '', DATABASE_URL: '' })).toMatchObject({
      PORT: 3000,
      usesEmbeddedDatabase: true,
    });
  });

  it.each([
    ['production', { NODE_ENV: 'production', PUBLIC_URL: 'https://mail.example.com' }],
    ['a database of its own', { DATABASE_URL: 'postgres://db/x' }],
    ['a Google client', { GOOGLE_CLIENT_ID: 'x' }],
  ])('never starts the sandbox with %s', (_case, variables) => {
    expect(loadEnvironment(variables).usesSandbox).toBe(false);
  });

  it.each([
    ['PORT', { PORT: 'canary' }],
    ['PORT', { PORT: '0' }],
    ['PORT', { PORT: '65536' }],
    ['ROLES', { ROLES: 'api,canary' }],
    ['ROLES', { ROLES: ',' }],
    ['DATABASE_URL', { DATABASE_URL: 'mysql://canary@db/x' }],
    ['OAUTH_SERVICE_URL', { OAUTH_SERVICE_URL: 'http://canary.example.com' }],
    ['OAUTH_SERVICE_ALLOW_HTTP', { OAUTH_SERVICE_ALLOW_HTTP: 'canary' }],
    ['OAUTH_SERVICE_PORT', { OAUTH_SERVICE_PORT: '3000' }],
    ['OAUTH_SERVICE_TOKEN', { OAUTH_SERVICE_TOKEN: 'canary' }],
    ['PUBLIC_URL', { PUBLIC_URL: 'canary' }],
    ['PUBLIC_URL', { NODE_ENV: 'production' }],
    ['FRONTEND_ORIGINS', { FRONTEND_ORIGINS: 'https://a.example.com/canary' }],
    ['MCP_ALLOWED_HOSTS', { MCP_ALLOWED_HOSTS: 'https://canary' }],
    ['MCP_ALLOWED_HOSTS', { MCP_ALLOWED_HOSTS: 'canary:3000' }],
    ['MCP_ALLOWED_HOSTS', { MCP_ALLOWED_HOSTS: '*.canary' }],
    ['TRUST_PROXY', { TRUST_PROXY: 'canary' }],
    ['TRUST_PROXY', { TRUST_PROXY: '10.0.0.0/33' }],
    ['GOOGLE_ISSUER', { GOOGLE_CLIENT_ID: 'x', GOOGLE_ISSUER: 'http://canary.example.com' }],
    ['GOOGLE_TOKEN_URL', { GOOGLE_CLIENT_ID: 'x', GOOGLE_TOKEN_URL: 'http://canary.example.com/token' }],
    ['GOOGLE_CLIENT_ID', { GOOGLE_TOKEN_URL: 'https://canary.example.com/token' }],
    ['ADMIN_API_KEY', { ADMIN_API_KEY: 'canary' }],
    ['GOOGLE_FORMER_CLIENTS', { GOOGLE_FORMER_CLIENTS: 'canary' }],
    ['GOOGLE_FORMER_CLIENTS', { GOOGLE_FORMER_CLIENTS: ':canary' }],
    ['GOOGLE_FORMER_CLIENTS', { GOOGLE_FORMER_CLIENTS: 'id:' }],
    ['GOOGLE_FORMER_CLIENTS', { GOOGLE_FORMER_CLIENTS: 'id:canary,id:canary2' }],
    ['ENCRYPTION_KEYS', { ENCRYPTION_KEYS: 'canary' }],
    ['ENCRYPTION_KEYS', { ENCRYPTION_KEYS: `a:${key},a:${key}` }],
    ['ENCRYPTION_KEYS', { ENCRYPTION_KEYS: 'a:Y2FuYXJ5' }],
    ['TOKEN_EXPIRY_BUFFER_SECONDS', { TOKEN_EXPIRY_BUFFER_SECONDS: '-1' }],
    ['TOKEN_EXPIRY_BUFFER_SECONDS', { TOKEN_EXPIRY_BUFFER_SECONDS: '1.5' }],
    ['GMAIL_PUBSUB_TOPIC', { GMAIL_PUBSUB_TOPIC: 'canary' }],
    ['GMAIL_PUBSUB_TOPIC', { GMAIL_PUBSUB_SERVICE_ACCOUNT: 'canary@p.iam.gserviceaccount.com' }],
    ['GMAIL_PUBSUB_SERVICE_ACCOUNT', { GMAIL_PUBSUB_SERVICE_ACCOUNT: 'canary' }],
    ['GMAIL_PUBSUB_SERVICE_ACCOUNT', { GMAIL_PUBSUB_TOPIC: 'projects/canary/topics/t' }],
    ['GMAIL_POLL_SECONDS', { GMAIL_POLL_SECONDS: '9' }],
    ['GOOGLE_CERTS_URL', { GOOGLE_CLIENT_ID: 'x', GOOGLE_CERTS_URL: 'http://canary.example.com/certs' }],
    ['LOG_LEVEL', { LOG_LEVEL: 'canary' }],
  ])('refuses a wrong %s by its name, without its value', (variable, variables) => {
    expect(() => loadEnvironment(variables)).toThrow(ConfigurationError);
    try {
      loadEnvironment(variables);
    } catch (error) {
      expect(error).toMatchObject({ variable });
      expect((error as Error).message).toMatch(new RegExp(`^${variable} `));
      expect((error as Error).message).not.toContain('canary');
    }
  });

  it('never repeats a value, whatever is put into whichever variable', () => {
    const names = Object.keys(environmentSchema.shape);
    fc.assert(
      fc.property(fc.constantFrom(...names), fc.string({ minLength: 3 }), (name, value) => {
        try {
          loadEnvironment({ [name]: `<<${value}>>` });
        } catch (error) {
          expect(error).toBeInstanceOf(ConfigurationError);
          expect((error as Error).message).not.toContain(`<<${value}>>`);
        }
      }),
    );
  });

  it.each([
    ['true', true],
    ['false', false],
    ['10.0.0.0/8, ::1', '10.0.0.0/8, ::1'],
  ])('reads TRUST_PROXY=%s', (given, read) => {
    expect(loadEnvironment({ TRUST_PROXY: given }).TRUST_PROXY).toBe(read);
  });
});

describe('a secret', () => {
  it('may be many keys, of which the first encrypts', () => {
    const keys = encryptionKeys(loadEnvironment({ ENCRYPTION_KEYS: `new:${key}, old:${key}` }));
    expect(keys.map(({ id }) => id)).toEqual(['new', 'old']);
  });

  it.each([
    { DATABASE_URL: 'postgres://db/x' },
    { NODE_ENV: 'production', PUBLIC_URL: 'https://mail.example.com' },
  ])('is not made up with %o', (variables) => {
    expect(() => encryptionKeys(loadEnvironment(variables))).toThrow('ENCRYPTION_KEYS');
    expect(() => deploymentClient(loadEnvironment(variables))).toThrow('GOOGLE_CLIENT_ID');
  });
});
