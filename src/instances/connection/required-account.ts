import { addressKey } from '../../credentials/index.js';
import { EvergrantError } from '../../errors/index.js';
import type { Instance } from '../directory/instance.js';
import type { KnownAccount } from './account-decision.js';

/** Whether a `login_hint` names the account: by its address, or by its subject, as Google takes both. */
export function isNamedBy(hint: string, { subject, email }: KnownAccount): boolean {
  if (!hint.includes('@')) return hint === subject;
  return email !== null && addressKey(hint) === addressKey(email);
}

/**
 * The account that the next consent has to be of, and no other: the one that the instance hints at.
 * @throws EvergrantError `VALIDATION_FAILED` when it hints at none, or is connected to another, which a reconnect keeps
 */
export function requiredAccount({ loginHint, subject, email }: Instance): string {
  if (loginHint === null) throw notBindable('the instance has no loginHint');
  const isConnected = subject !== null || email !== null;
  if (isConnected && !isNamedBy(loginHint, { subject, email }))
    throw notBindable('the instance is connected to another account than its loginHint names');
  return loginHint;
}

function notBindable(why: string): EvergrantError {
  return new EvergrantError('VALIDATION_FAILED', {
    field: 'requireHintedAccount',
    message: `The request is not valid: ${why}`,
  });
}
