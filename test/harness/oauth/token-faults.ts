import type { FaultRuleInput } from '../../../sandbox/index.js';

export type Fault = FaultRuleInput['fault'];

/** An error answer of a token endpoint (RFC 6749, section 5.2). */
export function oauthError(status: number, error: string, more: Record<string, unknown> = {}): Fault {
  return { kind: 'error', status, body: { error, ...more } };
}

/** Google's own answer, with fields replaced or taken away. */
export function patchedAnswer(set: Record<string, unknown>, remove: string[] = []): Fault {
  return { kind: 'patch', set, remove };
}

/** What Google answers for a grant that is dead; `subtype` as with session control (`invalid_rapt`). */
export function invalidGrant(subtype?: string): Fault {
  return oauthError(400, 'invalid_grant', subtype === undefined ? {} : { error_subtype: subtype });
}
