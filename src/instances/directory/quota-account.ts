import type { Instance } from './instance.js';

/** Whose quota an instance spends at Gmail, which counts by account and Cloud project; several instances may be of one. */
export const quotaAccount = {
  /** @returns null of one whose account is not known: nothing is counted for it */
  of({
    provider,
    oauthClientId,
    subject,
  }: Pick<Instance, 'provider' | 'oauthClientId' | 'subject'>): string | null {
    return subject === null ? null : [provider, oauthClientId ?? 'deployment', subject].join(':');
  },
  /** The same in SQL, of an instance `i` with its credential `c`. */
  inSql: `i.provider || ':' || coalesce(i.oauth_client_id::text, 'deployment') || ':' || c.subject`,
};
