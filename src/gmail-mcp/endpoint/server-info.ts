import type { Implementation } from '@modelcontextprotocol/server';
import type { McpOptions } from '../mcp-options.js';

/** How the server names itself to clients. */
export function serverInfo({ serverVersion }: McpOptions): Implementation {
  return { name: 'evergrant', title: 'Evergrant', version: serverVersion };
}
