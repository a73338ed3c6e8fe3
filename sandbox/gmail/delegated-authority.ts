import type { Backend } from '../backend.js';
import { forbidden } from './gmail-error.js';

/**
 * "This method is only available to service account clients that have been delegated domain-wide authority", says
 * Google of what shares a mailbox; the setting `delegatedAuthority` plays such a client.
 * @throws GmailError 403
 */
export function onlyWithDelegatedAuthority({ state }: Backend): void {
  if (state.data.settings.delegatedAuthority !== true)
    throw forbidden('Access restricted to service accounts that have been delegated domain-wide authority');
}
