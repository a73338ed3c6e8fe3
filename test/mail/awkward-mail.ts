import { Buffer } from 'node:buffer';

/** A mail, and what a person reads of it; what is not named is not looked at. */
export interface AwkwardMail {
  name: string;
  mail: Buffer;
  /** A part of it is read. */
  partId?: string;
  /** All of the body. */
  text?: string;
  has?: string[];
  lacks?: string[];
  from?: string | null;
  to?: string | null;
  replyTo?: string | null;
  subject?: string | null;
  date?: string | null;
  files?: string[];
  /** `none` where there may be none. */
  notes?: RegExp | 'none';
  warnings?: RegExp | 'none';
  /** Encoded words are left in the headers, as by Gmail where it cannot read them. */
  headersAsSent?: boolean;
}

export type Expected = Omit<AwkwardMail, 'name' | 'mail'>;
export const head =
  'From: Ann <ann@sender.example>\r\nTo: bob@reader.example\r\nSubject: Case\r\nDate: Mon, 5 Jan 2026 10:00:00 +0000\r\n';
export const utf8 = 'text/plain; charset=utf-8';
export const utf8Html = 'text/html; charset=utf-8';

/** A mail of one part. */
export function single(
  name: string,
  contentType: string,
  body: string | Buffer,
  expected: Expected,
): AwkwardMail {
  const start = `${head}Content-Type: ${contentType}\r\nContent-Transfer-Encoding: 8bit\r\n\r\n`;
  return { name, mail: Buffer.concat([Buffer.from(start), Buffer.from(body as string)]), ...expected };
}

/** The same, its bytes in hexadecimal digits. */
export function bytes(name: string, contentType: string, hex: string, expected: Expected): AwkwardMail {
  return single(name, contentType, Buffer.from(hex.replaceAll(' ', ''), 'hex'), expected);
}

/** A mail of several parts, their further headers behind their types. */
export function several(
  name: string,
  subtype: string,
  parts: [contentType: string, body: string][],
  expected: Expected,
): AwkwardMail {
  const pieces = parts.map(([contentType, body]) => `--b\r\nContent-Type: ${contentType}\r\n\r\n${body}\r\n`);
  return single(name, `multipart/${subtype}; boundary=b`, `${pieces.join('')}--b--\r\n`, expected);
}

export function html(name: string, body: string, has: string[], lacks: string[] = []): AwkwardMail {
  return single(name, utf8Html, body, { has, lacks });
}

/** A mail whose headers are all given, in Latin letters or in bytes. */
export function headed(name: string, headers: string | Buffer, expected: Expected): AwkwardMail {
  return {
    name,
    mail: Buffer.concat([Buffer.from(headers as string), Buffer.from('\r\n\r\nText')]),
    ...expected,
  };
}
