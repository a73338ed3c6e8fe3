import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ConfigurationError } from './configuration-error.js';
import { loadEnvironment } from './environment.js';
import { secretVariables } from './secret-files.js';

let folder: string;
beforeAll(() => void (folder = mkdtempSync(join(tmpdir(), 'evergrant-secrets-'))));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

function file(text: string): string {
  const path = join(folder, `canary-${String(Math.random()).slice(2)}`);
  writeFileSync(path, text);
  return path;
}

const secrets: Record<(typeof secretVariables)[number], string> = {
  ADMIN_API_KEY: 'canary-operator-key-0123456789abcdef',
  ENCRYPTION_KEYS: `k1:${Buffer.alloc(32, 1).toString('base64')}`,
  OAUTH_SERVICE_TOKEN: 'canary-service-token-0123456789-01234',
  GOOGLE_CLIENT_SECRET: 'canary-client-secret',
  GOOGLE_FORMER_CLIENTS: 'former-id:canary-former-secret',
  DATABASE_URL: 'postgres://db/x',
  DATABASE_DIRECT_URL: 'postgres://db/x',
  HTTPS_PROXY: 'http://user:canary@proxy.example.com:3128',
};

function refusal(variables: Record<string, string>): ConfigurationError {
  try {
    loadEnvironment(variables);
  } catch (error) {
    if (error instanceof ConfigurationError) return error;
  }
  throw new Error('It was not refused');
}

describe('a secret in a file', () => {
  it.each(secretVariables)('counts as the variable %s', (name) => {
    const given = loadEnvironment({ [name]: secrets[name] });
    for (const end of ['', '\n', '\r\n', '\n\n'])
      expect(loadEnvironment({ [`${name}_FILE`]: file(secrets[name] + end) })[name]).toEqual(given[name]);
  });

  it('keeps the blanks that it holds', () => {
    const key = ` ${secrets.ADMIN_API_KEY} `;
    expect(loadEnvironment({ ADMIN_API_KEY_FILE: file(`${key}\n`) }).ADMIN_API_KEY).toBe(key);
  });

  it.each(secretVariables)('is refused when %s is given too', (name) => {
    const { variable, message } = refusal({
      [name]: secrets[name],
      [`${name}_FILE`]: file(secrets[name]),
    });
    expect([variable, message]).toEqual([
      `${name}_FILE`,
      `${name}_FILE cannot be given together with ${name}`,
    ]);
  });

  it('stands beside the same variable when that is empty', () => {
    const variables = { ADMIN_API_KEY: '', ADMIN_API_KEY_FILE: file(secrets.ADMIN_API_KEY) };
    expect(loadEnvironment(variables).ADMIN_API_KEY).toBe(secrets.ADMIN_API_KEY);
  });

  it.each(secretVariables)('is refused in one line when the file of %s cannot be read', (name) => {
    for (const [path, code] of [
      [join(folder, 'canary-absent'), 'ENOENT'],
      [folder, 'EISDIR'],
    ] as const) {
      expect(refusal({ [`${name}_FILE`]: path }).message).toBe(
        `${name}_FILE names a file that cannot be read (${code})`,
      );
    }
    expect(refusal({ [`${name}_FILE`]: file('\n') }).message).toBe(`${name}_FILE names an empty file`);
  });

  it('is checked as the variable would be, and not repeated', () => {
    const { variable, message } = refusal({ ADMIN_API_KEY_FILE: file('canary') });
    expect(variable).toBe('ADMIN_API_KEY');
    expect(message).not.toContain('canary');
  });
});
