import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { authorization, outcomeOf, type ClientLibrary, type Endpoint } from '../client-library.js';

const program = fileURLToPath(
  new URL(
    '../../../node_modules/@modelcontextprotocol/inspector/clients/launcher/build/index.js',
    import.meta.url,
  ),
);

export interface InspectorRun {
  exitCode: number;
  stdout: string;
  stderr: string;
}

/** One run of `mcp-inspector --cli`, with a home of its own. */
export async function runInspector(endpoint: Endpoint, ...args: string[]): Promise<InspectorRun> {
  const home = await mkdtemp(join(tmpdir(), 'evergrant-inspector-'));
  const header = `Authorization: ${authorization(endpoint).authorization}`;
  const connection = [endpoint.mcpUrl, '--transport', 'http', '--header', header, '--stored-auth-only'];
  try {
    return await new Promise((resolve) => {
      execFile(
        process.execPath,
        [program, '--cli', ...connection, ...args],
        { env: { HOME: home } },
        (failure, stdout, stderr) =>
          resolve({ exitCode: failure === null ? 0 : Number(failure.code), stdout, stderr }),
      );
    });
  } finally {
    await rm(home, { recursive: true });
  }
}

async function answerOf<Answer>(endpoint: Endpoint, ...args: string[]): Promise<Answer> {
  const { stdout, stderr } = await runInspector(endpoint, ...args);
  if (!stdout.startsWith('{')) throw new Error(stderr);
  return JSON.parse(stdout) as Answer;
}

/** The MCP Inspector on the command line: a process for each request. */
export const inspector: ClientLibrary = {
  connectsForEachCall: true,
  badToken: /auth_required|401/,
  connect: async (endpoint) => ({
    tools: async () => {
      const { tools } = await answerOf<{ tools: { name: string }[] }>(endpoint, '--method', 'tools/list');
      return tools.map(({ name }) => name);
    },
    call: async (name, input) =>
      outcomeOf(
        await answerOf(
          endpoint,
          ...['--method', 'tools/call', '--tool-name', name, '--tool-args-json', JSON.stringify(input)],
        ),
      ),
    close: async () => undefined,
  }),
};
