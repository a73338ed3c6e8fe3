import { EvergrantError } from '../errors/index.js';
import type { PersonScope, ScopeDecision } from '../instances/index.js';

/** What stands against a tool, said to the model. */
const sentences = {
  not_asked_for:
    'which this connection does not ask for. Signing in again would not change that: its operator has to add the ' +
    'permission to the scopes of the instance, or give you an MCP token that has it; only then may the owner of the mailbox have to connect again',
  not_granted: 'which was not granted - please re-authenticate and grant it',
} as const satisfies Record<Exclude<ScopeDecision, 'allowed'>, string>;

/** The same of a mailbox that a person has connected, who can do so again. */
export function unaskedSentence(scopes: readonly string[]): string {
  return (
    `This needs the permission ${scopes.join(' or ')}, with which this mailbox was not connected. The user can ` +
    'connect it again, with more permissions, on the page of their mailboxes'
  );
}

/** Why what one of these scopes is enough for is refused. */
export function scopeSentence(
  decision: Exclude<ScopeDecision, 'allowed'>,
  scopes: readonly string[],
): string {
  return `This needs the permission ${scopes.join(' or ')}, ${sentences[decision]}`;
}

/** What a person has to allow the client that calls. @param lacking null for what no client is allowed */
export function authorizationSentence(lacking: readonly PersonScope[] | null): string {
  if (lacking === null) return 'No client that a person signed in with may do this, whatever they allow it';
  return `This needs ${lacking.join(' and ')}, which you were not allowed, and which the user can allow`;
}

/** How, where there is no link by which they can. */
export const allowedBySigningIn =
  'Have them disconnect and connect this server in the settings of their client, and where those list scopes, name ' +
  'that one too';

/**
 * @throws EvergrantError `INSUFFICIENT_SCOPE`, its `reason` the decision. Only what the instance asks for and was not
 * granted is mended by a consent; for the rest no sign-in is asked for.
 */
export function refuseUnlessAllowed(decision: ScopeDecision, scopes: readonly string[]): void {
  if (decision === 'allowed') return;
  throw new EvergrantError('INSUFFICIENT_SCOPE', {
    reason: decision,
    message: scopeSentence(decision, scopes),
    ...(decision === 'not_asked_for' && { requiresReauth: false }),
  });
}
