import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { authorization, type ClientLibrary } from '../client-library.js';
import { connected, connectedClient } from './first-sdk.js';

const program = fileURLToPath(new URL('../../../node_modules/mcp-remote/dist/proxy.js', import.meta.url));

/** `mcp-remote`, which clients that speak stdio only start as a process. */
export const mcpRemote: ClientLibrary = {
  // It takes every 401 for a call to sign in by OAuth, which there is nothing for here, and ends.
  badToken: /Connection closed/,
  connect: async (endpoint) => {
    const directory = await mkdtemp(join(tmpdir(), 'evergrant-mcp-remote-'));
    const transport = new StdioClientTransport({
      command: process.execPath,
      // The header comes from the environment, as its documentation advises: others can read arguments.
      args: [program, endpoint.mcpUrl, '--header', 'authorization:${AUTHORIZATION}', '--silent'],
      env: { AUTHORIZATION: authorization(endpoint).authorization, MCP_REMOTE_CONFIG_DIR: directory },
      stderr: 'ignore',
    });
    const client = await connected(transport).catch(async (failure: unknown) => {
      await rm(directory, { recursive: true });
      throw failure;
    });
    return {
      ...connectedClient(client),
      close: async () => {
        await client.close();
        await rm(directory, { recursive: true });
      },
    };
  },
};
