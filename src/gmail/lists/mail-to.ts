import { parseMailboxAddress } from '../composing/mailbox-address.js';
import { headerText } from '../headers/header-text.js';

/** A mail that a `mailto:` URI asks for. */
export interface MailTo {
  address: string;
  subject: string;
  body: string;
}

/** A list knows its subscriber by a code; longer texts are a stranger's letter in the owner's name. */
const longestSubject = 300;
const longestBody = 1_000;

/**
 * Reads a `mailto:` URI (RFC 6068) for one address. Null for any other: also for more addresses, copies and texts that
 * are longer than a list needs.
 */
export function mailTo(uri: string): MailTo | null {
  const [, to, query = ''] = /^mailto:([^?#]*)(?:\?([^#]*))?/i.exec(uri) ?? [];
  const address = oneAddress(to);
  const fields = fieldsOf(query);
  if (address === null || fields === null || ['to', 'cc', 'bcc'].some((name) => fields.has(name)))
    return null;
  const subject = headerText(fields.get('subject') ?? '');
  const body = fields.get('body') ?? '';
  if (subject.length > longestSubject || body.length > longestBody) return null;
  return { address, subject: subject === '' ? 'unsubscribe' : subject, body };
}

function oneAddress(encoded = ''): string | null {
  const text = decoded(encoded) ?? '';
  return /[\s,<>]/.test(text) ? null : (parseMailboxAddress(text)?.address ?? null);
}

function fieldsOf(query: string): Map<string, string> | null {
  const fields = new Map<string, string>();
  // As it came out of HTML, in mails of not a few lists.
  for (const field of query.replaceAll('&amp;', '&').split('&')) {
    const [name = '', ...rest] = field.split('=');
    const value = decoded(rest.join('='));
    if (value === null) return null;
    fields.set(name.toLowerCase(), value);
  }
  return fields;
}

/** Unlike in a form, a plus sign is one (RFC 6068, section 5). */
function decoded(text: string): string | null {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
}
