import { randomBytes } from 'node:crypto';
import { afterEach, describe, expect, it } from '@jest/globals';
import { ConfigurationError } from './configuration-error.js';
import { loadEnvironment } from './environment.js';

const masterKey = randomBytes(32);
const keys = `k1:${masterKey.toString('base64')}`;
const drawn = randomBytes(32).toString('base64url');

const production = {
  NODE_ENV: 'production',
  PUBLIC_URL: 'https://mail.example.com',
  ADMIN_API_KEY: randomBytes(32).toString('base64url'),
  OAUTH_SERVICE_TOKEN: randomBytes(32).toString('base64url'),
  ENCRYPTION_KEYS: keys,
  GOOGLE_CLIENT_ID: 'client',
  GOOGLE_CLIENT_SECRET: 'GOCSPX-0123456789',
  DATABASE_URL: 'postgres://evergrant:canary-password@db.example.com/evergrant?sslmode=verify-full',
};

function refusal(variables: Record<string, string>): string | null {
  try {
    loadEnvironment({ ...production, ...variables });
    return null;
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error;
    expect(error.message).toMatch(new RegExp(`^${error.variable} [^\\n]+$`));
    for (const value of Object.values(variables)) expect(error.message).not.toContain(value);
    expect(error.message).not.toContain('canary');
    return error.variable;
  }
}

const zero = Buffer.alloc(32).toString('base64');

describe('in production', () => {
  it('secrets that were drawn at random and traffic in TLS are accepted', () => {
    expect(refusal({})).toBeNull();
  });

  it('a former OAuth client has a secret of its own, but for the present one', () => {
    const same = production.GOOGLE_CLIENT_SECRET;
    expect(refusal({ GOOGLE_FORMER_CLIENTS: 'former:GOCSPX-9876543210' })).toBeNull();
    expect(refusal({ GOOGLE_FORMER_CLIENTS: `${production.GOOGLE_CLIENT_ID}:${same}` })).toBeNull();
    expect(refusal({ GOOGLE_FORMER_CLIENTS: `former:${production.ADMIN_API_KEY}` })).toBe('ADMIN_API_KEY');
  });

  it.each([
    ['ADMIN_API_KEY', 'a'.repeat(64)],
    ['ADMIN_API_KEY', 'canary'.repeat(8)],
    ['ADMIN_API_KEY', '0123456789abcdef0123456789abcdef'],
    ['OAUTH_SERVICE_TOKEN', 'b'.repeat(43)],
    ['OAUTH_SERVICE_TOKEN', 'abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyz'],
    ['ENCRYPTION_KEYS', `k1:${zero}`],
    ['ENCRYPTION_KEYS', `k1:${Buffer.alloc(32, 7).toString('base64')}`],
    ['ENCRYPTION_KEYS', `k1:${Buffer.from('0123456789abcdef0123456789abcdef').toString('base64')}`],
    ['ENCRYPTION_KEYS', `k1:${Buffer.from('password-and-then-thirty-two-chr').toString('base64')}`],
    ['ENCRYPTION_KEYS', `${keys},old:${zero}`],
  ])('a weak %s is refused: %s', (variable, value) => {
    expect(refusal({ [variable]: value })).toBe(variable);
    expect(loadEnvironment({ ...production, [variable]: value, NODE_ENV: '' })).toBeDefined();
  });

  it.each([
    ['ADMIN_API_KEY', { ADMIN_API_KEY: drawn, OAUTH_SERVICE_TOKEN: drawn }],
    ['ADMIN_API_KEY', { ADMIN_API_KEY: drawn, GOOGLE_CLIENT_SECRET: drawn }],
    ['OAUTH_SERVICE_TOKEN', { OAUTH_SERVICE_TOKEN: masterKey.toString('base64') }],
    ['OAUTH_SERVICE_TOKEN', { OAUTH_SERVICE_TOKEN: masterKey.toString('base64url') }],
    ['ADMIN_API_KEY', { ADMIN_API_KEY: masterKey.toString('hex') }],
    [
      'ADMIN_API_KEY',
      { ADMIN_API_KEY: drawn, DATABASE_URL: `postgres://evergrant:${drawn}@localhost/evergrant` },
    ],
    [
      'ADMIN_API_KEY',
      {
        ADMIN_API_KEY: drawn,
        DATABASE_DIRECT_URL: `postgres://evergrant@localhost/evergrant?password=${drawn}`,
      },
    ],
    ['ENCRYPTION_KEYS', { ENCRYPTION_KEYS: `${keys},k2:${masterKey.toString('base64')}` }],
  ])('one secret for two doors is refused: %s', (variable, variables) => {
    expect(refusal(variables)).toBe(variable);
  });

  it.each([
    ['http://mail.example.com', 'PUBLIC_URL'],
    ['http://10.0.0.5:3000', 'PUBLIC_URL'],
    ['http://localhost.example.com', 'PUBLIC_URL'],
    ['http://localhost:3000', null],
    ['http://127.0.0.1:3000', null],
    ['http://[::1]:3000', null],
  ])('PUBLIC_URL %s: refused %s', (url, expected) => {
    expect(refusal({ PUBLIC_URL: url })).toBe(expected);
  });
});

const onNetwork = 'postgres://evergrant@10.0.0.5/evergrant';

describe('a database in production', () => {
  const { PGSSLMODE, PGHOST } = process.env;
  afterEach(() => {
    for (const [name, value] of Object.entries({ PGSSLMODE, PGHOST })) {
      if (value === undefined) Reflect.deleteProperty(process.env, name);
      else process.env[name] = value;
    }
  });

  it.each([
    ['', 'refused'],
    ['?sslmode=disable', 'refused'],
    ['?sslmode=allow', 'accepted'],
    ['?ssl=0', 'refused'],
    ['?uselibpqcompat=true&sslmode=disable', 'refused'],
    ['?host=10.0.0.6', 'refused'],
    ['?sslmode=prefer', 'accepted'],
    ['?sslmode=require', 'accepted'],
    ['?sslmode=verify-full', 'accepted'],
    ['?sslmode=no-verify', 'accepted'],
    ['?uselibpqcompat=true&sslmode=require', 'accepted'],
    ['?ssl=true', 'accepted'],
    ['?sslnegotiation=direct', 'accepted'],
    ['?host=/var/run/postgresql', 'accepted'],
    ['?host=localhost', 'accepted'],
    ['?sslmode=disable&host=127.0.0.1', 'accepted'],
  ])('over the network with %s is %s', (query, expected) => {
    for (const variable of ['DATABASE_URL', 'DATABASE_DIRECT_URL']) {
      expect(refusal({ [variable]: onNetwork + query })).toBe(expected === 'refused' ? variable : null);
    }
    expect(refusal({ DATABASE_URL: onNetwork + query, DATABASE_ALLOW_PLAINTEXT: 'true' })).toBeNull();
  });

  it.each([
    ['postgres://evergrant@localhost/evergrant'],
    ['postgres://evergrant@127.0.0.1/evergrant'],
    ['postgres://evergrant@[::1]/evergrant'],
    ['postgres://evergrant@%2Fvar%2Frun%2Fpostgresql/evergrant'],
    ['postgres:///evergrant'],
  ])('on this machine needs no TLS: %s', (url) => {
    expect(refusal({ DATABASE_URL: url })).toBeNull();
  });

  it('that the URL hides behind another host name is found', () => {
    expect(refusal({ DATABASE_URL: 'postgres://evergrant@localhost/evergrant?host=10.0.0.5' })).toBe(
      'DATABASE_URL',
    );
    process.env.PGHOST = '10.0.0.5';
    expect(refusal({ DATABASE_URL: 'postgres:///evergrant' })).toBe('DATABASE_URL');
  });

  it('may be asked for TLS by PGSSLMODE, as pg reads it', () => {
    process.env.PGSSLMODE = 'verify-full';
    expect(refusal({ DATABASE_URL: onNetwork })).toBeNull();
  });

  it('with a certificate that cannot be read is refused by its variable', () => {
    expect(refusal({ DATABASE_URL: `${onNetwork}?sslmode=verify-full&sslrootcert=/canary/ca.pem` })).toBe(
      'DATABASE_URL',
    );
  });
});
