import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';

const nonceBytes = 16;
/** Vite writes it wherever the page has to bear the nonce (console/vite.config.js). */
const noncePlaceholder = '%NONCE%';

export interface ConsolePage {
  headers: Record<string, string>;
  body: string;
}

/**
 * The console's page for one answer. Scripts are files of ours only; Mantine makes style elements, which bear a nonce
 * that no other answer has (CSP Level 3, section 2.3.1).
 * @param file the built page, read each time, so that a new build is served at once
 */
export async function consolePage(file: string): Promise<ConsolePage> {
  const nonce = randomBytes(nonceBytes).toString('base64url');
  const page = await readFile(file, 'utf8');
  return { headers: headers(nonce), body: page.replaceAll(noncePlaceholder, nonce) };
}

function headers(nonce: string): Record<string, string> {
  const policy = [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data:",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ];
  return {
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': policy.join('; '),
    'cache-control': 'no-cache',
    'referrer-policy': 'same-origin',
  };
}
