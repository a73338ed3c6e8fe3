import type { GmailMessage } from '../client/answers.js';
import { authenticationResults } from '../authenticity/authentication-results.js';
import { senderWarnings } from '../authenticity/sender-warnings.js';
import { namedAddresses } from '../headers/header-text.js';

const mostWarnings = 10;
const longestWarning = 300;

/** What the owner wrote needs no warning. */
export function isOwn({ labelIds }: Pick<GmailMessage, 'labelIds'>): boolean {
  return labelIds.includes('SENT') || labelIds.includes('DRAFT');
}

/** What to look at twice before believing a message's head; nothing for what the owner wrote. */
export function headWarnings({ labelIds, payload }: GmailMessage): string[] {
  if (isOwn({ labelIds })) return [];
  const first = (name: string) =>
    payload?.headers.find((header) => header.name.toLowerCase() === name)?.value;
  const addresses = (name: string) => {
    const value = first(name);
    return value === undefined ? [] : namedAddresses(value);
  };
  const warnings = senderWarnings({
    from: addresses('from')[0] ?? null,
    replyTo: addresses('reply-to'),
    recipients: [...addresses('delivered-to'), ...addresses('to'), ...addresses('cc')],
    returnPath: addresses('return-path')[0]?.address ?? null,
    results: authenticationResults(first('authentication-results')),
  });
  return warnings.slice(0, mostWarnings).map((warning) => warning.slice(0, longestWarning));
}
