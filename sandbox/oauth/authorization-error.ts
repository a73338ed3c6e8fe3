import { OAuthError } from './oauth-error.js';

export const authorizationErrorPath = '/signin/oauth/error/v2';

/**
 * Where Google sends a browser whose request it does not take: a page of its own, whose address has the fault as a
 * message of Protocol Buffers: 1 the code, 2 a text for people, 4 the status.
 */
export function authorizationErrorLocation(error: OAuthError, clientId: string | null): string {
  const bytes = [...text(1, error.error), ...text(2, error.message), ...number(4, error.status)];
  const query = new URLSearchParams({
    authError: Buffer.from(bytes).toString('base64url'),
    ...(clientId !== null && { client_id: clientId }),
    flowName: 'GeneralOAuthFlow',
  });
  return `${authorizationErrorPath}?${query.toString()}`;
}

/** The fault that such an address names. */
export function authorizationErrorOf(authError: string): OAuthError {
  const bytes = Buffer.from(authError, 'base64url');
  const code = textAt(bytes, 0);
  const message = textAt(bytes, code.end);
  return new OAuthError(varint(bytes, message.end + 1).value, code.text, message.text);
}

function text(field: number, value: string): number[] {
  const bytes = Buffer.from(value);
  return [(field << 3) | 2, ...varintOf(bytes.length), ...bytes];
}

function number(field: number, value: number): number[] {
  return [field << 3, ...varintOf(value)];
}

function textAt(bytes: Buffer, at: number): { text: string; end: number } {
  const { value: length, end: start } = varint(bytes, at + 1);
  return { text: bytes.toString('utf8', start, start + length), end: start + length };
}

/** Seven bits a byte, the lowest first; all but the last have the eighth set. */
function varintOf(value: number): number[] {
  return value < 128 ? [value] : [(value & 127) | 128, ...varintOf(value >> 7)];
}

function varint(bytes: Buffer, at: number): { value: number; end: number } {
  const byte = bytes[at] ?? 0;
  if (byte < 128) return { value: byte, end: at + 1 };
  const rest = varint(bytes, at + 1);
  return { value: (byte & 127) | (rest.value << 7), end: rest.end };
}
