/** What the REST API tells a page of one instance (`ConnectInstance`); an `Instance` has these fields too. */
export interface SeenInstance {
  name: string;
  email: string | null;
  oauthStatus: 'pending' | 'completed' | 'failed';
  requiresReauth: boolean;
  reauthReason: string | null;
  stateReason: string | null;
  errorCode: string | null;
  errorMessage: string | null;
}

/** What came of asking for an instance. */
export type Look =
  | { outcome: 'seen'; instance: SeenInstance }
  /** Nothing is known: the network, an outage, a rate limit, or an answer that is none of ours. */
  | { outcome: 'unanswered' }
  /** 401: the session is over, or not for this instance. */
  | { outcome: 'session-over' }
  /** 403, such as for a suspended tenant. */
  | { outcome: 'forbidden' }
  | { outcome: 'gone' };

/** Why a person who had connected the mailbox has to sign in again. */
export const reauthCauses = [
  'revoked',
  'session_control',
  'grant_expired',
  'account_disabled',
  'account_purged',
  'client_rejected',
  'scope_missing',
  'other',
] as const;
export type ReauthCause = (typeof reauthCauses)[number];

/** How a mailbox stands, as a person is told of it. */
export type Condition =
  /** Not known yet, or not at the moment. */
  | { state: 'unknown' }
  | { state: 'connected' }
  /** Served as far as the token lasts, and expected to mend by itself. */
  | { state: 'disturbed' }
  /** It was never connected. */
  | { state: 'not-connected' }
  /** The only condition that opens the dialog. */
  | { state: 'reauth-required'; cause: ReauthCause }
  /** An administrator of the Google Workspace has to allow it. */
  | { state: 'blocked' }
  /** The people who run the server have to mend it. */
  | { state: 'misconfigured' }
  | { state: 'session-over' }
  | { state: 'forbidden' }
  | { state: 'gone' };

/**
 * How a mailbox stands. Only where Evergrant itself says `requiresReauth` does a person have to sign in: no outage, no
 * rate limit, no refusal by an administrator, no fault of the network and no permission that is not asked for makes a
 * person's work.
 */
export function conditionOf(look: Look): Condition {
  switch (look.outcome) {
    case 'seen':
      return conditionOfInstance(look.instance);
    case 'unanswered':
      return { state: 'unknown' };
    case 'session-over':
    case 'forbidden':
    case 'gone':
      return { state: look.outcome };
  }
}

/** Codes that pass by themselves are not among them: those of an outage, and whatever a later release may add. */
const mendedByOthers: Readonly<Record<string, 'blocked' | 'misconfigured'>> = {
  ADMIN_BLOCKED: 'blocked',
  DEPLOYMENT_CLIENT_REJECTED: 'misconfigured',
  INVALID_REQUEST: 'misconfigured',
};

function conditionOfInstance(instance: SeenInstance): Condition {
  const { requiresReauth, reauthReason, errorCode } = instance;
  if (requiresReauth) {
    return reauthReason === 'not_connected'
      ? { state: 'not-connected' }
      : { state: 'reauth-required', cause: causeOf(instance) };
  }
  if (errorCode === null || errorCode === 'INSUFFICIENT_SCOPE') return { state: 'connected' };
  return { state: mendedByOthers[errorCode] ?? 'disturbed' };
}

/** Values of a later release are told in general words. */
function causeOf({ reauthReason, stateReason }: SeenInstance): ReauthCause {
  const told = stateReason ?? reauthReason;
  return reauthCauses.find((cause) => cause === told) ?? 'other';
}

/** Whether the dialog may be open. */
export function asksForPerson(
  condition: Condition,
): condition is Extract<Condition, { state: 'reauth-required' }> {
  return condition.state === 'reauth-required';
}
