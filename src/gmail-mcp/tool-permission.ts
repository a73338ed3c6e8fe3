import { EvergrantError } from '../errors/index.js';
import { type Instance, type PersonScope, scopeDecision, type ScopeDecision } from '../instances/index.js';
import { lackingScopes } from './person-scopes-of-tool.js';
import { authorizationSentence, scopeSentence, unaskedSentence } from './scope-refusal.js';
import type { GmailTool } from './tools/index.js';

/** Whether an instance has a tool for a caller, and if not, who has to act. */
export type ToolDecision = ScopeDecision | 'toolset_off' | 'read_only' | 'not_authorized';
export type ToolRefusal = Exclude<ToolDecision, 'allowed'>;

type Judged = Pick<GmailTool, 'toolset' | 'writes' | 'sends' | 'scopes'>;
type Switches = Pick<OpenedInstance, 'toolsets' | 'readOnly' | 'scopes' | 'clientScopes'>;

/** An instance as far as the caller's token opens it. */
export type OpenedInstance = Instance & {
  /** What its person has allowed the client that calls; absent for an MCP token, which has all that the instance has. */
  clientScopes?: readonly PersonScope[];
};

/** @param granted null while nothing is known of that, or where it is judged elsewhere */
export function toolDecision(
  tool: Judged,
  instance: Switches,
  granted: readonly string[] | null,
): ToolDecision {
  const { toolset, writes, scopes } = tool;
  // What asks nothing of Google tells why the other tools cannot work.
  if (scopes.length > 0 && !instance.toolsets.includes(toolset)) return 'toolset_off';
  if (instance.readOnly && writes) return 'read_only';
  if (instance.clientScopes !== undefined && lackingScopes(tool, instance.clientScopes)?.length !== 0)
    return 'not_authorized';
  return scopeDecision({ asked: instance.scopes, granted }, scopes);
}

/** Why an instance has not got a tool, and who has to do what. */
export function toolSentence(
  refusal: ToolRefusal,
  tool: Judged,
  { clientScopes }: Pick<Switches, 'clientScopes'>,
): string {
  const { toolset, scopes } = tool;
  switch (refusal) {
    case 'toolset_off':
      return `Its toolset "${toolset}" is off: only the operator can add it to the toolsets of the instance`;
    case 'read_only':
      return 'This connection is read-only: only the operator can set readOnly of the instance to false';
    case 'not_authorized':
      return authorizationSentence(lackingScopes(tool, clientScopes ?? []));
    case 'not_asked_for':
      return clientScopes === undefined ? scopeSentence(refusal, scopes) : unaskedSentence(scopes);
    case 'not_granted':
      return scopeSentence(refusal, scopes);
  }
}

/**
 * Whatever the grant is like: no sign-in with Google opens what the instance, or a person's client, has not got.
 * @throws EvergrantError `FORBIDDEN` for a toolset that is off and a connection that is read-only, `INSUFFICIENT_SCOPE`
 * for scopes, with those that a client lacks as `scope`; its `reason` is the decision
 */
export function refuseUnlessSwitchedOn(tool: Judged, instance: Switches): void {
  const decision = toolDecision(tool, instance, null);
  if (decision === 'allowed') return;
  const told = { reason: decision, message: toolSentence(decision, tool, instance) };
  if (decision === 'toolset_off' || decision === 'read_only') throw new EvergrantError('FORBIDDEN', told);
  const lacking = lackingScopes(tool, instance.clientScopes ?? []);
  throw new EvergrantError('INSUFFICIENT_SCOPE', {
    ...told,
    requiresReauth: false,
    ...(decision === 'not_authorized' && { report: { scope: lacking?.join(' ') ?? null } }),
  });
}
