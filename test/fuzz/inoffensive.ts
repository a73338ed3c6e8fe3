import type { TestApp } from '../harness/test-app.js';

/** What no answer may hold: secrets, and the inside of what failed. */
const insides = [
  /\bat \S+ \(.*:\d+:\d+\)/,
  /node_modules/,
  /syntax error|invalid input syntax|violates|invalid byte sequence|duplicate key/i,
  /\beg1\.[\w-]+\.[\w-]{20}/,
];

/** @throws Error naming what an answer gives away */
export function assertInoffensive(app: TestApp, secrets: readonly string[], text: string): void {
  const { environment } = app;
  const all = [
    ...secrets,
    environment.GOOGLE_CLIENT_SECRET ?? '',
    environment.OAUTH_SERVICE_TOKEN ?? '',
    environment.ADMIN_API_KEY ?? '',
    environment.ENCRYPTION_KEYS?.[0]?.key.toString('base64') ?? '',
  ];
  const told = all.filter((secret) => secret !== '' && text.includes(secret));
  if (told.length > 0) throw new Error(`An answer tells a secret: ${text.slice(0, 300)}`);
  const inside = insides.find((pattern) => pattern.test(text));
  if (inside) throw new Error(`An answer shows the inside (${String(inside)}): ${text.slice(0, 300)}`);
}
