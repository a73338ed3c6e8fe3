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
  // It takes every 401 for a call to sign in by OAuth; test/sign-in/whole-way goes that way.
  badToken: /asks to sign in at http:\/\/localhost:\d+\/authorize/,
  connect: async (endpoint) => {
    const directory = await mkdtemp(join(tmpdir(), 'evergrant-mcp-remote-'));
    const transport = new StdioClientTransport({
      command: process.execPath,
      // The header comes from the environment, as its documentation advises: others can read arguments.
      args: [program, endpoint.mcpUrl, '--header', 'authorization:${AUTHORIZATION}'],
      env: {
        ...{ AUTHORIZATION: authorization(endpoint).authorization, MCP_REMOTE_CONFIG_DIR: directory },
        // Its browser is a program that does nothing: the address is printed, too.
        ...{ PATH: process.env.PATH ?? '', BROWSER: 'true', DISPLAY: '' },
      },
      stderr: 'pipe',
    });
    const client = await Promise.race([connected(transport), signInAskedBy(transport)]).catch(
      async (failure: unknown) => {
        await transport.close();
        await rm(directory, { recursive: true });
        throw failure;
      },
    );
    return {
      ...connectedClient(client),
      close: async () => {
        await client.close();
        await rm(directory, { recursive: true });
      },
    };
  },
};

/** Never resolves; rejects once the process has printed where a person is to sign in. */
function signInAskedBy({ stderr }: StdioClientTransport): Promise<never> {
  let printed = '';
  return new Promise((_resolve, reject) => {
    stderr?.on('data', (chunk: Buffer) => {
      printed += chunk.toString();
      const [, address] = /visiting:\s+(http\S+)\s/.exec(printed) ?? [];
      if (address !== undefined) reject(new Error(`It asks to sign in at ${address}`));
    });
  });
}
