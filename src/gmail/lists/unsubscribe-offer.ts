import { signedHeaders } from '../authenticity/signed-headers.js';
import type { GmailMessage } from '../client/answers.js';
import { firstHeaderOf, headersNamed } from '../client/message-parts.js';
import { headerUris } from './header-uris.js';
import { mailTo, type MailTo } from './mail-to.js';

/** The headers to read of a message that is to be the last of its list. */
export const unsubscribeHeaders: readonly string[] = [
  'List-Unsubscribe',
  'List-Unsubscribe-Post',
  'Authentication-Results',
  'DKIM-Signature',
];

/** Why a list is not asked at once by a POST (RFC 8058). */
export type NoOneClick =
  /** It does not say that it takes one. */
  | 'not_offered'
  /** A message has each of the headers once; of several, a signature may cover another than the one that is read. */
  | 'repeated_headers'
  /** Gmail found no good signature, or none that covers the headers, so that anyone may have written them. */
  | 'not_signed'
  | 'no_https_uri';

/** How a list takes that a subscription ends. */
export interface UnsubscribeOffer {
  oneClick: { status: 'offered'; url: string } | { status: 'none'; why: NoOneClick };
  /** Null where no address is named that a mail may go to. */
  mail: MailTo | null;
  /** There are web pages for a person to open. */
  hasPage: boolean;
}

const longestUrl = 4_000;

/**
 * Reads the offer of a message in format `metadata` or `full`, by its headers alone.
 * @param mayAsk of a URL of a list's, further than that it is one of HTTPS without user, password and port
 */
export function unsubscribeOffer({ payload }: GmailMessage, mayAsk = isHttps): UnsubscribeOffer {
  const lists = headersNamed(payload, 'list-unsubscribe');
  const posts = headersNamed(payload, 'list-unsubscribe-post');
  const signed = signedHeaders(
    firstHeaderOf(payload, 'authentication-results'),
    headersNamed(payload, 'dkim-signature'),
  );
  const uris = lists.flatMap(headerUris);
  const url = uris.find((uri) => uri.length <= longestUrl && URL.canParse(uri) && mayAsk(new URL(uri)));
  const why = noOneClick({ lists: lists.length, posts, signed, url });
  return {
    oneClick:
      why === null && url !== undefined
        ? { status: 'offered', url }
        : { status: 'none', why: why ?? 'no_https_uri' },
    mail: uris.map(mailTo).find((mail) => mail !== null) ?? null,
    hasPage: uris.some((uri) => /^https?:/i.test(uri)),
  };
}

function noOneClick({
  lists,
  posts,
  signed,
  url,
}: {
  lists: number;
  posts: readonly string[];
  signed: ReadonlySet<string>;
  url: string | undefined;
}): NoOneClick | null {
  if (lists === 0 || !posts.some((post) => /^\s*List-Unsubscribe=One-Click\s*$/i.test(post)))
    return 'not_offered';
  if (url === undefined) return 'no_https_uri';
  if (lists > 1 || posts.length > 1) return 'repeated_headers';
  // RFC 8058, section 4: both, or who relays a mail could put them there.
  return signed.has('list-unsubscribe') && signed.has('list-unsubscribe-post') ? null : 'not_signed';
}

function isHttps({ protocol, port, username, password }: URL): boolean {
  return protocol === 'https:' && port === '' && username === '' && password === '';
}
