import { addressParser } from 'postal-mime';
import type { GmailMessage, Mailbox } from '../../gmail/index.js';
import type { RecipientStanding } from '../../policy/index.js';

/** What Gmail's search takes as one word; of others it cannot be told. */
const searchable = /^[A-Za-z0-9._%+'-]+@[A-Za-z0-9.-]+$/;
/** The search finds words: so many of its finds are looked at for the very address. */
const mostLookedAt = 3;

const addressHeaders = { written: ['To', 'Cc', 'Bcc'], heard: ['From', 'Reply-To'] } as const;

/**
 * How well a mailbox knows an address, by a search of its mail.
 * @throws EvergrantError where it cannot be searched
 */
export async function standingOf(mailbox: Mailbox, address: string): Promise<RecipientStanding> {
  if (!searchable.test(address)) return 'new';
  const written = `in:sent {to:${address} cc:${address} bcc:${address}}`;
  if (await finds(mailbox, written, addressHeaders.written, address)) return 'written_to';
  const heard = `from:${address} -in:spam -in:trash`;
  return (await finds(mailbox, heard, addressHeaders.heard, address)) ? 'heard_from' : 'new';
}

async function finds(
  mailbox: Mailbox,
  query: string,
  headers: readonly string[],
  address: string,
): Promise<boolean> {
  const { messages } = await mailbox.listMessages({ query, maxResults: mostLookedAt });
  for (const { id } of messages) {
    const message = await mailbox.getMessage(id, { format: 'metadata', metadataHeaders: headers });
    if (addressesIn(message, headers).has(address.toLowerCase())) return true;
  }
  return false;
}

/** The addresses in these headers, in small letters. */
export function addressesIn({ payload }: GmailMessage, headers: readonly string[]): Set<string> {
  const wanted = new Set(headers.map((name) => name.toLowerCase()));
  return new Set(
    (payload?.headers ?? [])
      .filter(({ name }) => wanted.has(name.toLowerCase()))
      .flatMap(({ value }) => addressParser(value, { flatten: true }))
      .map(({ address = '' }) => address.toLowerCase()),
  );
}
