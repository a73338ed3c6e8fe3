import type { DemoMailbox } from './demo-mailbox.js';
import { httpServer, mcpClients, type McpEndpoint } from './mcp-clients.js';

export interface BannerFacts {
  publicUrl: string;
  redirectUri: string;
  isTerminal: boolean;
  /** What opens the console as the operator, once, and where it is kept; null where only a key does. */
  console: { link: string; file: string } | null;
  /** The operator's key, and where people find it. */
  adminApiKey: { generated: string | null; source: string; shellExpression: string };
  /** The sandbox's mailbox and what a tool call found in it; null with a real Google client. */
  demo: { mailbox: DemoMailbox; found: string[] } | null;
}

/** What a newcomer needs next. Secrets are shown on a terminal only; elsewhere the paths that hold them. */
export function banner(facts: BannerFacts): string {
  return [
    '',
    openConsole(facts),
    '',
    ...headline(facts),
    '',
    ...keys(facts),
    ...(facts.demo ? mcpClient(facts, facts.demo.mailbox) : []),
    ...next(facts),
    '',
  ].join('\n');
}

function openConsole({ publicUrl, isTerminal, console }: BannerFacts): string {
  if (console === null) return `Open the console: ${publicUrl}/`;
  return isTerminal
    ? `Open the console: ${console.link}  (works once, for half an hour)`
    : `Open the console: the link in ${console.file} (works once, for half an hour)`;
}

function headline({ publicUrl, demo }: BannerFacts): string[] {
  if (!demo) return [`Evergrant is running at ${publicUrl}`];
  const { mailbox, found } = demo;
  return [
    `Evergrant is running at ${publicUrl}, with a sandbox in Google's place (nothing leaves this machine).`,
    '',
    mailbox.connectedNow
      ? `  [ok] connected the demo mailbox ${mailbox.email} through the consent page`
      : `  [ok] the demo mailbox ${mailbox.email} is still connected from an earlier run`,
    `  [ok] called the Gmail tool search_messages over MCP, which found:`,
    ...found.map((line) => `         ${line}`),
  ];
}

function keys({ publicUrl, isTerminal, adminApiKey: { generated, source } }: BannerFacts): string[] {
  return [
    `REST API        ${publicUrl}/api/instances`,
    `Operator's key  ${isTerminal && generated !== null ? `${generated}  (${source})` : source}`,
  ];
}

/** The clients whose words fit on a line; README has them all. */
const shownClients = ['Claude Code', 'VS Code', 'Cursor'];

function mcpClient({ isTerminal }: BannerFacts, { mcpUrl, mcpToken, file }: DemoMailbox): string[] {
  const endpoint = { url: mcpUrl, token: isTerminal ? mcpToken : `<mcpToken in ${file}>` };
  const configuration = { mcpServers: { evergrant: httpServer(endpoint) } };
  return [
    '',
    'Add the mailbox to your MCP client:',
    ...shownClients.flatMap((name) => onOneLine(name, endpoint, isTerminal)),
    'or paste (more clients: README, "Connect an MCP client"):',
    JSON.stringify(configuration, null, 2),
  ];
}

/** Without a token there is nothing to open: what a link holds cannot be changed. */
function onOneLine(name: string, endpoint: McpEndpoint, isTerminal: boolean): string[] {
  const blocks = mcpClients.find((client) => client.name === name)?.withToken?.(endpoint) ?? [];
  const block = blocks.find(({ kind }) => kind === 'command' || (kind === 'link' && isTerminal));
  return block ? [`  ${name.padEnd(12)} ${block.text}`] : [];
}

function next({ publicUrl, redirectUri, adminApiKey, demo }: BannerFacts): string[] {
  const authorization = `-H "Authorization: Bearer ${adminApiKey.shellExpression}"`;
  return [
    '',
    'Try:',
    `  curl ${authorization} ${publicUrl}/api/instances`,
    ...(demo
      ? [`  curl ${authorization} -X POST ${publicUrl}/api/instances/${demo.mailbox.instanceId}/refresh`]
      : []),
    `  curl ${authorization} ${publicUrl}/api/instances -H 'content-type: application/json' -d '{"name":"My mailbox"}'`,
    '  (then POST …/start-oauth on its id, and open the authorizationUrl in a browser)',
    '',
    demo
      ? `Use real Google: set GOOGLE_CLIENT_ID and GOOGLE_CLIENT_SECRET; redirect URI ${redirectUri} (README, "Real Google").`
      : `Redirect URI to register with Google: ${redirectUri}`,
    'Stop: Ctrl-C. Data is kept, and the next start finds it.',
  ];
}
