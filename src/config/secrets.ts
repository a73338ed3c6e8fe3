import { randomBytes } from 'node:crypto';
import { existsSync, linkSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { ConfigurationError } from './configuration-error.js';
import type { Environment } from './environment.js';
import { makeDirectory } from './make-directory.js';
import { masterKeys, type MasterKey } from './variables.js';

const secretFiles = {
  ADMIN_API_KEY: {
    file: 'admin-api-key',
    generate: () => `egadmin_${randomBytes(32).toString('base64url')}`,
  },
  ENCRYPTION_KEYS: { file: 'encryption-keys', generate: () => `k1:${randomBytes(32).toString('base64')}` },
  OAUTH_SERVICE_TOKEN: { file: 'oauth-service-token', generate: () => randomBytes(32).toString('base64url') },
} as const;

/** Where a generated secret is kept, for people to read. */
export function secretFile(environment: Environment, variable: keyof typeof secretFiles): string {
  return join(environment.DATA_DIR, secretFiles[variable].file);
}

/** The operator's key. @throws ConfigurationError when it is required and missing */
export function adminApiKey(environment: Environment): string {
  return environment.ADMIN_API_KEY ?? generated(environment, 'ADMIN_API_KEY');
}

/** The master keys. @throws ConfigurationError when they are required and missing, or damaged */
export function encryptionKeys(environment: Environment): MasterKey[] {
  if (environment.ENCRYPTION_KEYS !== undefined) return environment.ENCRYPTION_KEYS;
  refuseLostKeys(environment);
  return parseGenerated(environment, generated(environment, 'ENCRYPTION_KEYS'));
}

/** A new key beside an old database would open nothing of it, and hide that the old one has to be put back. */
function refuseLostKeys(environment: Environment): void {
  const { DATA_DIR, usesEmbeddedDatabase } = environment;
  const isLost =
    usesEmbeddedDatabase &&
    existsSync(join(DATA_DIR, 'postgres/PG_VERSION')) &&
    !existsSync(secretFile(environment, 'ENCRYPTION_KEYS'));
  if (!isLost) return;
  throw new ConfigurationError(
    'DATA_DIR',
    'has lost its file encryption-keys, without which no token in its database opens: put the file back from a ' +
      'backup, or give the keys as ENCRYPTION_KEYS; to begin anew without the tokens, delete the whole folder',
  );
}

/** What the OAuth service and its callers share. @throws ConfigurationError when it is required and missing */
export function oauthServiceToken(environment: Environment): string {
  return environment.OAUTH_SERVICE_TOKEN ?? generated(environment, 'OAUTH_SERVICE_TOKEN');
}

/** The deployment's OAuth client. @throws ConfigurationError naming the half that is missing */
export function deploymentClient({ GOOGLE_CLIENT_ID, GOOGLE_CLIENT_SECRET }: Environment): {
  clientId: string;
  clientSecret: string;
} {
  if (GOOGLE_CLIENT_ID === undefined) throw new ConfigurationError('GOOGLE_CLIENT_ID', 'is required');
  if (GOOGLE_CLIENT_SECRET === undefined) throw new ConfigurationError('GOOGLE_CLIENT_SECRET', 'is required');
  return { clientId: GOOGLE_CLIENT_ID, clientSecret: GOOGLE_CLIENT_SECRET };
}

/** Makes sure of every secret that the roles of this process need, before anything is started. */
export function requireSecrets(environment: Environment): void {
  const { ROLES } = environment;
  oauthServiceToken(environment);
  if (ROLES.has('api')) adminApiKey(environment);
  if (ROLES.has('api') || ROLES.has('refresher')) {
    encryptionKeys(environment);
    // The sandbox brings its own.
    if (!environment.usesSandbox) deploymentClient(environment);
  }
}

/** Generated secrets live in `DATA_DIR` (0600), only with the embedded database and never in production. */
function generated(environment: Environment, variable: keyof typeof secretFiles): string {
  if (environment.usesEmbeddedDatabase && !environment.isProduction)
    return readOrGenerate(environment, variable);
  throw new ConfigurationError(variable, 'is required with DATABASE_URL and in production');
}

function parseGenerated(environment: Environment, text: string): MasterKey[] {
  const result = masterKeys.safeParse(text);
  if (result.success) return result.data;
  throw new ConfigurationError(secretFile(environment, 'ENCRYPTION_KEYS'), 'is damaged');
}

function readOrGenerate(environment: Environment, variable: keyof typeof secretFiles): string {
  return readOrGenerateSecret(secretFile(environment, variable), secretFiles[variable].generate);
}

/**
 * The secret in a file (0600), made at first use. Two processes may start at once: the first to link its file
 * wins, and both read what won.
 */
export function readOrGenerateSecret(path: string, generate: () => string): string {
  try {
    return readFileSync(path, 'utf8').trim();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
  makeDirectory(resolve(dirname(path)));
  const draft = `${path}.${randomBytes(6).toString('hex')}`;
  writeFileSync(draft, `${generate()}\n`, { mode: 0o600 });
  try {
    linkSync(draft, path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    rmSync(draft);
  }
  return readFileSync(path, 'utf8').trim();
}
