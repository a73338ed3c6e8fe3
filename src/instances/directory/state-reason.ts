import { sessionControlReasons } from '../../oauth/index.js';
import type { ErrorCode } from '../../errors/index.js';
import type { InstanceState } from './instance-state.js';
import type { ReauthReason } from './reauth-reason.js';

/** What the reason of a state follows from. */
export interface ReasonFacts {
  state: InstanceState;
  reauthReason: ReauthReason | null;
  errorCode: ErrorCode | null;
  /** Google's stable code for what the last refresh met. */
  credentialErrorReason: string | null;
  /** The OAuth client of its grant is not configured any more. */
  isClientAbsent: boolean;
  /** Google had said beforehand that it would end the grant by then. */
  hasExpired: boolean;
}

/** Why an instance is in its state, as a machine reads it; null where there is nothing to say. */
export function stateReason(facts: ReasonFacts): string | null {
  switch (facts.state) {
    case 'not_connected':
    case 'connected':
    case 'refreshing':
      return null;
    case 'held':
      return 'verdict_held';
    case 'degraded':
      return facts.errorCode;
    case 'blocked':
      return facts.isClientAbsent ? 'client_not_configured' : facts.errorCode;
    case 'needs_sign_in':
      return signInReason(facts);
  }
}

/** Google's own words where they say more than that the grant is dead. */
const toldEndings: ReadonlySet<string> = new Set(['account_disabled', 'account_purged']);

function signInReason({ reauthReason, credentialErrorReason, hasExpired }: ReasonFacts): string {
  if (reauthReason === 'client_rejected' || reauthReason === 'scope_missing') return reauthReason;
  const told = credentialErrorReason ?? '';
  if (sessionControlReasons.has(told)) return 'session_control';
  if (toldEndings.has(told)) return told;
  return hasExpired ? 'grant_expired' : 'revoked';
}
