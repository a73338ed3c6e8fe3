import { EvergrantError } from '../errors/index.js';
import { type Instance, scopeDecision, type ScopeDecision } from '../instances/index.js';
import { refuseUnlessAllowed, scopeSentence } from './scope-refusal.js';
import type { GmailTool } from './tools/index.js';

/** Whether an instance has a tool, and if not, who has to act. */
export type ToolDecision = ScopeDecision | 'toolset_off' | 'read_only';
export type ToolRefusal = Exclude<ToolDecision, 'allowed'>;

type Judged = Pick<GmailTool, 'toolset' | 'writes' | 'scopes'>;
type Switches = Pick<Instance, 'toolsets' | 'readOnly' | 'scopes'>;

/** @param granted null while nothing is known of that, or where it is judged elsewhere */
export function toolDecision(
  { toolset, writes, scopes }: Judged,
  instance: Switches,
  granted: readonly string[] | null,
): ToolDecision {
  // What asks nothing of Google tells why the other tools cannot work.
  if (scopes.length > 0 && !instance.toolsets.includes(toolset)) return 'toolset_off';
  if (instance.readOnly && writes) return 'read_only';
  return scopeDecision({ asked: instance.scopes, granted }, scopes);
}

/** Why an instance has not got a tool, and who has to do what. */
export function toolSentence(refusal: ToolRefusal, { toolset, scopes }: Judged): string {
  switch (refusal) {
    case 'toolset_off':
      return `Its toolset "${toolset}" is off: only the operator can add it to the toolsets of the instance`;
    case 'read_only':
      return 'This connection is read-only: only the operator can set readOnly of the instance to false';
    case 'not_asked_for':
    case 'not_granted':
      return scopeSentence(refusal, scopes);
  }
}

/**
 * Whatever the grant is like: no sign-in opens what the instance has not got.
 * @throws EvergrantError `FORBIDDEN` for a toolset that is off and a connection that is read-only, `INSUFFICIENT_SCOPE`
 * for scopes; its `reason` is the decision
 */
export function refuseUnlessSwitchedOn(tool: Judged, instance: Switches): void {
  const decision = toolDecision(tool, instance, null);
  if (decision === 'toolset_off' || decision === 'read_only')
    throw new EvergrantError('FORBIDDEN', { reason: decision, message: toolSentence(decision, tool) });
  refuseUnlessAllowed(decision, tool.scopes);
}
