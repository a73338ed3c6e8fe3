import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { ConsentErrorCode } from './consent-ending.js';

const pico = readFileSync(
  createRequire(import.meta.url).resolve('@picocss/pico/css/pico.classless.min.css'),
  'utf8',
);
const stylesheet = `${pico} main { max-width: 36rem; padding-top: 10vh }`;

/** What the page may load: nothing but the one stylesheet it holds (CSP Level 3, section 2.3.1, hash source). */
export const consentResultPolicy = [
  "default-src 'none'",
  `style-src 'sha256-${createHash('sha256').update(stylesheet).digest('base64')}'`,
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

const messages = {
  access_denied: ['Not connected', 'The permission was not given. Nothing was stored.'],
  state_expired: [
    'This link is no longer valid',
    'It was used already, is too old, or belongs to another browser. Ask for a new one.',
  ],
  account_mismatch: [
    'Another account',
    'This connection belongs to another Google account. Sign in with that one, or create a new connection.',
  ],
  scope_missing: [
    'A permission is missing',
    'Not all of the permissions were ticked. Nothing was stored; please try again and leave them ticked.',
  ],
  provider_unavailable: [
    'Not connected yet',
    'Google could not complete the request just now. Nothing was lost; please try again in a moment.',
  ],
} as const satisfies Record<ConsentErrorCode, readonly [string, string]>;

/** Our own end of a consent that named no `returnTo`. */
export function consentResultPage(result: { connected?: string; error?: string }): string {
  const [title, text] =
    result.error === undefined
      ? ['Mailbox connected', 'You may close this page. Your agents can use the mailbox from now on.']
      : messages[isErrorCode(result.error) ? result.error : 'provider_unavailable'];
  return `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>${title} - Evergrant</title>
    <style>${stylesheet}</style>
  </head>
  <body>
    <main>
      <article>
        <h1>${title}</h1>
        <p>${text}</p>
      </article>
    </main>
  </body>
</html>
`;
}

function isErrorCode(code: string): code is ConsentErrorCode {
  return Object.hasOwn(messages, code);
}
