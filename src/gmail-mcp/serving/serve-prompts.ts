import { type McpServer, type Prompt, ProtocolError, ProtocolErrorCode } from '@modelcontextprotocol/server';
import type { OpenedInstance } from '../tool-permission.js';
import { type FilledPrompt, filledPrompt, listedPrompts } from '../prompts/prompts-of-instance.js';
import { requireFirstPage } from './one-page.js';

/** The prompts that a caller has. */
export interface ServedPrompts {
  list(): Prompt[];
  fill(name: string, given: Record<string, string> | undefined): FilledPrompt | { status: 'mailbox_unknown' };
}

/** Answers `prompts/list` and `prompts/get` for one instance. */
export function servePrompts(mcp: McpServer, instance: OpenedInstance): void {
  serveSomePrompts(mcp, {
    list: () => listedPrompts(instance),
    fill: (name, given) => filledPrompt(instance, name, given),
  });
}

/** Answers them with whatever prompts there are. */
export function serveSomePrompts({ server }: McpServer, prompts: ServedPrompts): void {
  server.setRequestHandler('prompts/list', ({ params }) => {
    requireFirstPage(params);
    return { prompts: prompts.list() };
  });
  server.setRequestHandler('prompts/get', ({ params }) => {
    const prompt = prompts.fill(params.name, params.arguments);
    if (prompt.status === 'unknown') throw badParams('There is no such prompt');
    if (prompt.status === 'mailbox_unknown')
      throw badParams('The argument "mailbox" names no connected mailbox');
    if (prompt.status === 'argument_missing') throw badParams(`The argument "${prompt.argument}" is missing`);
    const { description, text } = prompt;
    return { description, messages: [{ role: 'user', content: { type: 'text', text } }] };
  });
}

function badParams(message: string): ProtocolError {
  return new ProtocolError(ProtocolErrorCode.InvalidParams, message);
}
