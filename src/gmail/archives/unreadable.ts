/** Why there is no text of a document. */
export const unreadableReasons = [
  'encrypted',
  'damaged',
  'too_large',
  'took_too_long',
  'unsupported',
  'no_text',
  'busy',
] as const;
export type UnreadableReason = (typeof unreadableReasons)[number];

/** A document of which no text can be given. */
export class Unreadable extends Error {
  override readonly name = 'Unreadable';

  constructor(
    readonly reason: UnreadableReason,
    options?: ErrorOptions,
  ) {
    super(`No text of the document: ${reason}`, options);
  }
}
