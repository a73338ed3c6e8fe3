import type { MailboxTerms } from '../../gmail/index.js';
import type { Instance } from '../../instances/index.js';

/** Whose turn the requests to an instance's mailbox take, and whose quota they spend. */
export function mailboxPlace(instance: Instance): Pick<MailboxTerms, 'lane' | 'account'> {
  return {
    lane: { owner: instance.tenantId, lane: instance.credentialId ?? instance.id },
    account: accountOf(instance),
  };
}

/** Gmail counts by Google account and Cloud project; several instances may be of one. */
function accountOf({ provider, oauthClientId, subject }: Instance): string | null {
  return subject === null ? null : [provider, oauthClientId ?? 'deployment', subject].join(':');
}
