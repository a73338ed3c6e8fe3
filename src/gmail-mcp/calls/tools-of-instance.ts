import type { Tool } from '@modelcontextprotocol/server';
import { scopeDecision, type Instance, type InstanceScopes } from '../../instances/index.js';
import { scopeSentence } from '../scope-refusal.js';
import { gmailTools, type GmailTool, type UnavailableTool } from '../tools/index.js';

/** Before there is a grant, what the instance asks for is the best guess at what it will be able to do. */
function scopesOf({ scopes, credentialId, grantedScopes }: Instance): InstanceScopes {
  return { asked: scopes, granted: credentialId === null ? null : grantedScopes };
}

/** The tools that the instance may use, as clients see them. */
export function listedTools(instance: Instance): Tool[] {
  const scopes = scopesOf(instance);
  return gmailTools
    .filter((tool) => scopeDecision(scopes, tool.scopes) === 'allowed')
    .map(({ listing }) => listing);
}

/** The tools that the instance may not use or that cannot work now, each with the reason. */
export function unavailableTools(instance: Instance): UnavailableTool[] {
  const scopes = scopesOf(instance);
  return gmailTools.flatMap((tool) => reasonAgainst(tool, scopes, instance) ?? []);
}

function reasonAgainst(
  { name, scopes }: GmailTool,
  held: InstanceScopes,
  { requiresReauth }: Instance,
): UnavailableTool | null {
  const decision = scopeDecision(held, scopes);
  if (decision !== 'allowed') return { name, reason: decision, why: scopeSentence(decision, scopes) };
  if (!requiresReauth || scopes.length === 0) return null;
  return {
    name,
    reason: 'sign_in_required',
    why: 'The owner of the mailbox has to connect it first, with the link in connectUrl',
  };
}
