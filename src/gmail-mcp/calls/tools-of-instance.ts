import type { Tool } from '@modelcontextprotocol/server';
import { namingTools } from '../naming/tool-names.js';
import { type OpenedInstance, toolDecision, type ToolDecision, toolSentence } from '../tool-permission.js';
import { watchMailbox } from '../tools/changes/watch-mailbox.tool.js';
import { gmailTools, type GmailTool, type UnavailableTool } from '../tools/index.js';

const sendingTools = gmailTools.filter(({ sends }) => sends);

/** Before there is a grant, what the instance asks for is the best guess at what it will be able to do. */
function decisionOn(tool: GmailTool, instance: OpenedInstance): ToolDecision {
  return toolDecision(tool, instance, instance.credentialId === null ? null : instance.grantedScopes);
}

/** Whether mail may leave its mailbox by a tool. */
export function maySend(instance: OpenedInstance): boolean {
  return sendingTools.some((tool) => decisionOn(tool, instance) === 'allowed');
}

/** Whether its mailbox may be watched, and its clients told of changes. */
export function mayWatch(instance: OpenedInstance): boolean {
  return decisionOn(watchMailbox, instance) === 'allowed';
}

/** The tools that the instance may use. */
export function usableTools(instance: OpenedInstance): GmailTool[] {
  return gmailTools.filter((tool) => decisionOn(tool, instance) === 'allowed');
}

/** The same as clients see them. */
export function listedTools(instance: OpenedInstance): Tool[] {
  return usableTools(instance).map(({ listing }) => namingTools(instance, listing));
}

/** The tools that the instance may not use or that cannot work now, each with the reason. */
export function unavailableTools(instance: OpenedInstance): UnavailableTool[] {
  return namingTools(
    instance,
    gmailTools.flatMap((tool) => reasonAgainst(tool, instance) ?? []),
  );
}

function reasonAgainst(tool: GmailTool, instance: OpenedInstance): UnavailableTool | null {
  const { name, scopes } = tool;
  const decision = decisionOn(tool, instance);
  if (decision !== 'allowed') return { name, reason: decision, why: toolSentence(decision, tool, instance) };
  if (!instance.requiresReauth || scopes.length === 0) return null;
  return {
    name,
    reason: 'sign_in_required',
    why: 'The owner of the mailbox has to connect it first, with the link in connectUrl',
  };
}
