/** Where a client finds a mailbox, or several. */
export interface McpEndpoint {
  url: string;
  /** An MCP token; null for a client that signs in by itself. */
  token: string | null;
}

/** What one pastes or opens. */
export type ClientBlock =
  | { kind: 'command'; text: string }
  /** A file of the client's that this is a part of. */
  | { kind: 'json'; file: string; text: string }
  /** `isReadable`: one can see the endpoint in it, and change it. */
  | { kind: 'link'; text: string; isReadable: boolean }
  | { kind: 'steps'; text: string };

export interface McpClient {
  name: string;
  /** Its own words on it. */
  documentation: string;
  /** It calls from its maker's servers, so that the endpoint needs https and a name that all of the internet knows. */
  callsFromOutside: boolean;
  /** Null where it takes no token. */
  withToken: ((endpoint: McpEndpoint) => ClientBlock[]) | null;
  bySigningIn: (endpoint: McpEndpoint) => ClientBlock[];
}

const name = 'evergrant';

/** The clients that people have, and how each is told of an endpoint; README's section is made from it. */
export const mcpClients: readonly McpClient[] = [
  {
    name: 'Claude Code',
    documentation: 'https://code.claude.com/docs/en/mcp',
    callsFromOutside: false,
    withToken: ({ url, token }) => [
      command(`claude mcp add --transport http ${name} ${url} --header "${authorization(token)}"`),
    ],
    bySigningIn: ({ url }) => [
      command(`claude mcp add --transport http ${name} ${url}`),
      steps('Then `/mcp` in a session, and Authenticate.'),
    ],
  },
  {
    name: 'Claude (web and Desktop)',
    documentation:
      'https://support.claude.com/en/articles/11175166-getting-started-with-custom-connectors-using-remote-mcp',
    callsFromOutside: true,
    withToken: null,
    bySigningIn: ({ url }) => [
      link(
        `https://claude.ai/customize/connectors?modal=add-custom-connector&connectorName=${name}&connectorUrl=${encodeURIComponent(url)}`,
      ),
      steps('Or Settings, Connectors, Add custom connector; then Connect.'),
    ],
  },
  {
    name: 'ChatGPT',
    documentation: 'https://platform.openai.com/docs/guides/developer-mode',
    callsFromOutside: true,
    withToken: null,
    bySigningIn: ({ url }) => [
      steps(
        `Settings, Apps, Advanced settings: Developer mode on. Then Create app, with the MCP server URL \`${url}\` and the authentication OAuth.`,
      ),
    ],
  },
  {
    name: 'Cursor',
    documentation: 'https://cursor.com/docs/mcp/install-links',
    callsFromOutside: false,
    withToken: cursor,
    bySigningIn: cursor,
  },
  {
    name: 'VS Code',
    documentation: 'https://code.visualstudio.com/docs/copilot/customization/mcp-servers',
    callsFromOutside: false,
    withToken: (endpoint) => [
      command(`code --add-mcp '${JSON.stringify({ name, ...httpServer(endpoint) })}'`),
    ],
    bySigningIn: (endpoint) => [
      command(`code --add-mcp '${JSON.stringify({ name, ...httpServer(endpoint) })}'`),
      link(`vscode:mcp/install?${encodeURIComponent(JSON.stringify({ name, ...httpServer(endpoint) }))}`),
    ],
  },
  {
    name: 'GitHub Copilot CLI',
    documentation: 'https://docs.github.com/en/copilot/how-tos/copilot-cli/customize-copilot/add-mcp-servers',
    callsFromOutside: false,
    withToken: ({ url, token }) => [
      command(`copilot mcp add --transport http --header "${authorization(token)}" ${name} ${url}`),
    ],
    bySigningIn: ({ url }) => [command(`copilot mcp add --transport http ${name} ${url}`)],
  },
  {
    name: 'Gemini CLI',
    documentation: 'https://geminicli.com/docs/tools/mcp-server/',
    callsFromOutside: false,
    withToken: ({ url, token }) => [
      command(
        `gemini mcp add --scope user --transport http --header "${authorization(token)}" ${name} ${url}`,
      ),
    ],
    bySigningIn: ({ url }) => [
      command(`gemini mcp add --scope user --transport http ${name} ${url}`),
      steps(`Then \`/mcp auth ${name}\` in a session.`),
    ],
  },
  {
    name: 'mcp-remote, for clients that start a program (Claude Desktop without a connector)',
    documentation: 'https://github.com/geelen/mcp-remote',
    callsFromOutside: false,
    withToken: mcpRemote,
    bySigningIn: mcpRemote,
  },
];

function cursor(endpoint: McpEndpoint): ClientBlock[] {
  const { url, headers } = httpServer(endpoint);
  const server = { url, ...(headers && { headers }) };
  const config = base64(JSON.stringify(server));
  return [
    json('~/.cursor/mcp.json', { mcpServers: { [name]: server } }),
    link(
      `cursor://anysphere.cursor-deeplink/mcp/install?name=${name}&config=${encodeURIComponent(config)}`,
      false,
    ),
  ];
}

/** The console's pages make it too, where there is no Buffer. */
function base64(text: string): string {
  return btoa(String.fromCharCode(...new TextEncoder().encode(text)));
}

/** Without blanks in the arguments, which clients on Windows take apart. */
function mcpRemote({ url, token }: McpEndpoint): ClientBlock[] {
  const args = [
    '-y',
    'mcp-remote',
    url,
    ...(token === null ? [] : ['--header', 'Authorization:${AUTHORIZATION}']),
  ];
  const env = token === null ? {} : { env: { AUTHORIZATION: `Bearer ${token}` } };
  return [json('claude_desktop_config.json', { mcpServers: { [name]: { command: 'npx', args, ...env } } })];
}

/** As most clients write a server of Streamable HTTP. */
export function httpServer({ url, token }: McpEndpoint) {
  return { type: 'http', url, ...(token !== null && { headers: { Authorization: `Bearer ${token}` } }) };
}

function authorization(token: string | null): string {
  return `Authorization: Bearer ${token ?? ''}`;
}

function command(text: string): ClientBlock {
  return { kind: 'command', text };
}

function json(file: string, value: object): ClientBlock {
  return { kind: 'json', file, text: JSON.stringify(value, null, 2) };
}

function link(text: string, isReadable = true): ClientBlock {
  return { kind: 'link', text, isReadable };
}

function steps(text: string): ClientBlock {
  return { kind: 'steps', text };
}
