import { coversScope, isIdentityScope } from '../../../../src/gmail/scopes.js';
import type { Mailbox } from '../../mailboxes/state-badge.js';

/** What was granted of what is asked for, what was not, and what is left from an earlier consent. */
export function permissionsOf({ scopes, grantedScopes }: Pick<Mailbox, 'scopes' | 'grantedScopes'>) {
  const isConnected = grantedScopes.length > 0;
  return {
    granted: scopes.filter((scope) => coversScope(grantedScopes, scope)),
    missing: isConnected ? scopes.filter((scope) => !coversScope(grantedScopes, scope)) : [],
    unused: grantedScopes.filter((scope) => !isIdentityScope(scope) && !coversScope(scopes, scope)),
  };
}
