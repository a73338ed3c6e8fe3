/** An error code of RFC 8935 section 2.4, by which a transmitter knows that sending the token again is in vain. */
export type SetErrorCode = 'invalid_request' | 'invalid_key' | 'invalid_issuer' | 'invalid_audience';

export const setErrorCodes = [
  'invalid_request',
  'invalid_key',
  'invalid_issuer',
  'invalid_audience',
] as const satisfies SetErrorCode[];

/** A security event token that is not taken. */
export class SecurityEventRefused extends Error {
  override readonly name = 'SecurityEventRefused';

  /** @param description without anything of the token */
  constructor(
    readonly code: SetErrorCode,
    description: string,
  ) {
    super(description);
  }
}
