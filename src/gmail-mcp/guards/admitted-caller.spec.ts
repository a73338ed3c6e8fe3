import { expect, it } from '@jest/globals';
import type { McpPrincipal, PersonPrincipal } from '../../identity/index.js';
import { admittedCaller, type CalledEndpoint, type FoundToken } from './admitted-caller.js';

const origin = 'https://mail.example';
const ofAll: CalledEndpoint = { resource: `${origin}/mcp`, instanceId: null };
function of(instanceId: string): CalledEndpoint {
  return { resource: `${origin}/mcp/${instanceId}`, instanceId };
}

function mcpToken(instanceId: string): FoundToken {
  return { kind: 'mcp-token', principal: { instanceId } as McpPrincipal };
}
function person(resource: string, ...instanceIds: string[]): FoundToken {
  return { kind: 'person', principal: { resource, instanceIds } as PersonPrincipal };
}

it.each<[string, FoundToken, CalledEndpoint, string | null]>([
  ['no token at an instance', { kind: 'none' }, of('a'), null],
  ['no token at all mailboxes', { kind: 'none' }, ofAll, null],
  ['an MCP token at its instance', mcpToken('a'), of('a'), 'mcp-token'],
  ['an MCP token at another instance', mcpToken('a'), of('b'), null],
  ['an MCP token at all mailboxes of a person', mcpToken('a'), ofAll, null],
  ['a person’s token at all mailboxes', person(`${origin}/mcp`, 'a', 'b'), ofAll, 'person_of_all'],
  ['a person’s token who has no mailbox yet', person(`${origin}/mcp`), ofAll, 'person_of_all'],
  ['a person’s token for all, at one mailbox', person(`${origin}/mcp`, 'a'), of('a'), null],
  ['a person’s token at the mailbox that it is for', person(`${origin}/mcp/a`, 'a', 'b'), of('a'), 'person'],
  ['a person’s token for one mailbox, at another', person(`${origin}/mcp/a`, 'a', 'b'), of('b'), null],
  ['a person’s token for one mailbox, at all', person(`${origin}/mcp/a`, 'a', 'b'), ofAll, null],
  ['a person’s token for a mailbox that is not opened to it', person(`${origin}/mcp/a`, 'b'), of('a'), null],
  ['a person’s token for another server', person('https://other.example/mcp', 'a'), ofAll, null],
  ['a person’s token for a URL with a slash behind', person(`${origin}/mcp/`, 'a'), ofAll, null],
])('%s', (_who, token, endpoint, as) => {
  expect(admittedCaller(token, endpoint)?.as ?? null).toBe(as);
});
