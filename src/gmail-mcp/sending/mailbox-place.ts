import type { MailboxTerms } from '../../gmail/index.js';
import { quotaAccount, type Instance } from '../../instances/index.js';

/** Whose turn the requests to an instance's mailbox take, and whose quota they spend. */
export function mailboxPlace(instance: Instance): Pick<MailboxTerms, 'lane' | 'account'> {
  return {
    lane: { owner: instance.tenantId, lane: instance.credentialId ?? instance.id },
    account: quotaAccount.of(instance),
  };
}
