import { mcpClients, type ClientBlock, type McpEndpoint } from '../../src/first-run/mcp-clients.js';

export const readmeFile = 'README.md';
const begin = '<!-- made from src/first-run/mcp-clients.ts by `npm run readme` -->';
const end = '<!-- end of what is made -->';

const withToken: McpEndpoint = {
  url: 'https://evergrant.example.com/mcp/INSTANCE_ID',
  token: 'MCP_TOKEN',
};
const bySigningIn: McpEndpoint = { url: 'https://evergrant.example.com/mcp', token: null };

/** What README says of each client. */
function clientSection(): string {
  return mcpClients
    .map(({ name, documentation, callsFromOutside, ...client }) =>
      [
        `**[${name}](${documentation})**${callsFromOutside ? ' calls from outside: it needs https and [a public name](docs/operations.md#behind-a-reverse-proxy).' : ''}`,
        ...form('With a token:', client.withToken?.(withToken)),
        ...form('By signing in:', client.bySigningIn(bySigningIn)),
      ].join('\n\n'),
    )
    .join('\n\n');
}

/** README with the section as it has to be. */
export function withClientSection(readme: string): string {
  const [before, rest] = readme.split(`${begin}\n`);
  const [, after] = (rest ?? '').split(`\n${end}`);
  if (before === undefined || after === undefined) throw new Error('README has no place for the clients');
  return `${before}${begin}\n\n${clientSection()}\n\n${end}${after}`;
}

function form(title: string, blocks: ClientBlock[] | undefined): string[] {
  return blocks === undefined ? [] : [title, ...blocks.flatMap(shown)];
}

function shown(block: ClientBlock): string[] {
  switch (block.kind) {
    case 'command':
      return [fenced('sh', block.text)];
    case 'json':
      return [`\`${block.file}\`:`, fenced('json', block.text)];
    case 'link':
      return block.isReadable ? [fenced('text', block.text)] : [];
    case 'steps':
      return [block.text];
  }
}

function fenced(language: string, text: string): string {
  return `\`\`\`${language}\n${text}\n\`\`\``;
}
