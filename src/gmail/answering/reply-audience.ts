import type { GmailMessage } from '../client/answers.js';
import { firstHeaderOf, headerOf } from '../client/message-parts.js';
import { addressesIn } from '../composing/addresses-in.js';
import type { MailboxAddress } from '../composing/mailbox-address.js';
import { addressKey, type OwnAddresses } from './own-addresses.js';

/** To whom a reply goes. */
export interface ReplyAudience {
  to: readonly MailboxAddress[];
  cc: readonly MailboxAddress[];
}

/**
 * To whom a reply goes by itself (RFC 5322, section 3.6.2 and 3.6.3): where the author wants replies, and with `all` to
 * those of To and Cc as well, each in its place and once, but not to the mailbox itself. What the mailbox sent is answered
 * to those whom it went to, as Gmail does.
 * @param message in format `metadata` or `full`
 */
export function replyAudience(
  { payload, labelIds }: GmailMessage,
  own: OwnAddresses,
  all: boolean,
): ReplyAudience {
  const from = addressesIn(firstHeaderOf(payload, 'from'));
  const replyTo = addressesIn(firstHeaderOf(payload, 'reply-to'));
  const to = addressesIn(headerOf(payload, 'to'));
  const cc = all ? addressesIn(headerOf(payload, 'cc')) : [];
  const isSent = labelIds.includes('SENT') || from.some(({ address }) => own.has(address));
  if (isSent) return withoutOwn({ to, cc }, own);
  const author = replyTo.length > 0 ? replyTo : from;
  return all ? withoutOwn({ to: [...author, ...to], cc }, own) : { to: once(author), cc: [] };
}

/** Who writes to themselves alone is answered there. */
function withoutOwn({ to, cc }: ReplyAudience, own: OwnAddresses): ReplyAudience {
  const others = ({ address }: MailboxAddress): boolean => !own.has(address);
  const toOthers = once(to.filter(others));
  const ccOthers = once(cc.filter(others), toOthers);
  if (toOthers.length + ccOthers.length === 0) return { to: once(to), cc: [] };
  return toOthers.length === 0 ? { to: ccOthers, cc: [] } : { to: toOthers, cc: ccOthers };
}

/** Each address once, at its first place. */
export function once(
  addresses: readonly MailboxAddress[],
  before: readonly MailboxAddress[] = [],
): readonly MailboxAddress[] {
  const seen = new Set(before.map(({ address }) => addressKey(address)));
  return addresses.filter(({ address }) => {
    const key = addressKey(address);
    return !seen.has(key) && seen.add(key);
  });
}
