import type { MailTo, NoOneClick, UnsubscribeOffer } from '../../../gmail/index.js';

/** How a subscription is ended, or why it is not. */
export type UnsubscribeWay =
  | { way: 'one_click'; url: string }
  | { way: 'mail'; mail: MailTo }
  | { way: 'none'; why: NoOneClick | 'no_mail'; hasPage: boolean };

/** One click where the list offers it, which shows it no address of ours; else a mail; a page of the list's never. */
export function unsubscribeWay(
  { oneClick, mail, hasPage }: UnsubscribeOffer,
  wanted?: 'one_click' | 'mail',
): UnsubscribeWay {
  if (oneClick.status === 'offered' && wanted !== 'mail') return { way: 'one_click', url: oneClick.url };
  if (mail !== null && wanted !== 'one_click') return { way: 'mail', mail };
  return {
    way: 'none',
    why: oneClick.status === 'none' && wanted !== 'mail' ? oneClick.why : 'no_mail',
    hasPage,
  };
}

const reasons = {
  not_offered: 'it offers no unsubscription by one click',
  no_https_uri: 'it names no HTTPS address that can be asked from here',
  repeated_headers: 'it has a header more than once that a list writes once',
  not_signed:
    'Gmail found no valid signature of its list over the headers that offer it, so anyone may have written them',
  no_mail: 'it names no address to unsubscribe by mail',
} as const satisfies Record<NoOneClick | 'no_mail', string>;

/** For the model, in our words alone. */
export function noWayMessage({ why, hasPage }: UnsubscribeWay & { way: 'none' }): string {
  const page = hasPage ? 'It names a web page for a person to open (listUnsubscribe of get_message). ' : '';
  return (
    `Nothing was sent: this message cannot be unsubscribed from so, since ${reasons[why]}. ${page}Links in its text are ` +
    'not followed. Unwanted mail can be filed by create_filter or mark_spam'
  );
}
