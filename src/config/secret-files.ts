import { readFileSync } from 'node:fs';
import { ConfigurationError } from './configuration-error.js';

/** Every variable that holds a secret. Each may also be given as a file, named by the same variable with `_FILE`. */
export const secretVariables = [
  'ADMIN_API_KEY',
  'ENCRYPTION_KEYS',
  'OAUTH_SERVICE_TOKEN',
  'GOOGLE_CLIENT_SECRET',
  'GOOGLE_FORMER_CLIENTS',
  'DATABASE_URL',
  'DATABASE_DIRECT_URL',
  'HTTPS_PROXY',
] as const;

type SecretVariable = (typeof secretVariables)[number];
type SecretFileVariable = `${SecretVariable}_FILE`;

export const secretFileVariables = secretVariables.map((name): SecretFileVariable => `${name}_FILE`);

/**
 * The variables, with each `…_FILE` read in: as Docker and Kubernetes hand secrets over. Line breaks at the end of a
 * file are not part of the secret.
 * @throws ConfigurationError when a secret is given twice, or its file cannot be read or is empty
 */
export function withSecretFiles(given: Readonly<Record<string, string>>): Record<string, string> {
  const read = secretVariables.flatMap((name) => {
    const path = given[`${name}_FILE`];
    if (path === undefined) return [];
    if (given[name] !== undefined)
      throw new ConfigurationError(`${name}_FILE`, `cannot be given together with ${name}`);
    return [[name, secretIn(`${name}_FILE`, path)] as const];
  });
  return { ...given, ...Object.fromEntries(read) };
}

function secretIn(variable: string, path: string): string {
  const secret = read(variable, path).replace(/[\r\n]+$/, '');
  if (secret === '') throw new ConfigurationError(variable, 'names an empty file');
  return secret;
}

function read(variable: string, path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new ConfigurationError(variable, `names a file that cannot be read (${code ?? 'no code'})`);
  }
}
