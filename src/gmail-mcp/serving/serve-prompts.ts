import { type McpServer, ProtocolError, ProtocolErrorCode } from '@modelcontextprotocol/server';
import type { Instance } from '../../instances/index.js';
import { filledPrompt, listedPrompts } from '../prompts/prompts-of-instance.js';
import { requireFirstPage } from './one-page.js';

/** Answers `prompts/list` and `prompts/get` for one instance. */
export function servePrompts({ server }: McpServer, instance: Instance): void {
  server.setRequestHandler('prompts/list', ({ params }) => {
    requireFirstPage(params);
    return { prompts: listedPrompts(instance) };
  });
  server.setRequestHandler('prompts/get', ({ params }) => {
    const prompt = filledPrompt(instance, params.name, params.arguments);
    if (prompt.status === 'unknown') throw badParams('There is no such prompt');
    if (prompt.status === 'argument_missing') throw badParams(`The argument "${prompt.argument}" is missing`);
    const { description, text } = prompt;
    return { description, messages: [{ role: 'user', content: { type: 'text', text } }] };
  });
}

function badParams(message: string): ProtocolError {
  return new ProtocolError(ProtocolErrorCode.InvalidParams, message);
}
