import { escapeUTF8 } from 'entities';
import { compose } from '../mail/compose.js';
import { plainText } from '../mail/plain-text.js';
import type { StoredMessage } from '../mail/stored-message.js';
import { invalidArgument } from './gmail-error.js';
import { headersOf, payloadOf } from './payload.js';

const formats = ['minimal', 'full', 'metadata', 'raw'] as const;
export type Format = (typeof formats)[number];

/** @throws GmailError 400 for a format that does not exist. */
export function readFormat(value: string | null): Format {
  const format = formats.find((known) => known === (value ?? 'full').toLowerCase());
  if (format === undefined) throw invalidArgument(`Invalid value at 'format': ${value ?? ''}`);
  return format;
}

/** Gmail escapes the snippet for HTML. */
function snippetOf({ mail }: StoredMessage): string {
  return escapeUTF8(plainText(mail).replace(/\s+/g, ' ').trim().slice(0, 200));
}

/** `Message` of the Gmail API. `metadataHeaders` narrows the format `metadata`; none means all headers. */
export async function messageResource(
  message: StoredMessage,
  format: Format,
  metadataHeaders: readonly string[],
): Promise<object> {
  const composed = await compose(message);
  const raw = message.raw ?? (await composed.node.build());
  const { id, threadId, labelIds, historyId, internalDateMs } = message;
  const minimal = {
    ...{ id, threadId, labelIds, historyId },
    snippet: snippetOf(message),
    internalDate: String(internalDateMs),
    sizeEstimate: raw.length,
  };
  switch (format) {
    case 'minimal':
      return minimal;
    case 'raw':
      return { ...minimal, raw: raw.toString('base64url') };
    case 'full':
      return { ...minimal, payload: payloadOf(composed) };
    case 'metadata': {
      const wanted = metadataHeaders.map((name) => name.toLowerCase());
      const headers = headersOf(composed).filter(
        ({ name }) => wanted.length === 0 || wanted.includes(name.toLowerCase()),
      );
      return { ...minimal, payload: { mimeType: composed.part.contentType, headers } };
    }
  }
}
