import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { format, resolveConfig } from 'prettier';
import { mcpClients, type ClientBlock } from '../../src/first-run/mcp-clients.js';
import { readmeFile, withClientSection } from './client-section.js';

const endpoint = { url: 'http://localhost:3000/mcp/an-instance', token: 'mcp_secret' };

it('README says of every client what the table says (`npm run readme` writes it)', async () => {
  const readme = readFileSync(readmeFile, 'utf8');
  const options = { ...(await resolveConfig(readmeFile)), filepath: readmeFile };
  expect(await format(withClientSection(readme), options)).toBe(readme);
});

describe.each(mcpClients)('$name', ({ withToken, bySigningIn, callsFromOutside }) => {
  it('is told the endpoint, and the token only where it takes one', () => {
    const signsIn = told(bySigningIn({ ...endpoint, token: null }));
    expect([signsIn.includes(endpoint.url), signsIn.includes('Bearer')]).toEqual([true, false]);
    const takesToken = withToken === null ? null : told(withToken(endpoint));
    expect(takesToken ?? `${endpoint.url} Bearer ${endpoint.token}`).toContain(endpoint.url);
    expect(takesToken ?? `${endpoint.url} Bearer ${endpoint.token}`).toContain(`Bearer ${endpoint.token}`);
  });

  it('has JSON that can be pasted as it is', () => {
    for (const block of [...(withToken?.(endpoint) ?? []), ...bySigningIn(endpoint)])
      if (block.kind === 'json') expect(JSON.parse(block.text)).toHaveProperty('mcpServers.evergrant');
  });

  it('that calls from outside takes no token: its makers would keep it', () => {
    expect(callsFromOutside && withToken !== null).toBe(false);
  });
});

function told(blocks: readonly ClientBlock[]): string {
  return blocks.map(({ text }) => decoded(text)).join('\n');
}

/** What a link says, base64 and escapes undone. */
function decoded(text: string): string {
  const config = /[?&]config=([^&]+)/.exec(text)?.[1];
  const plain = text.startsWith('vscode:') || text.startsWith('https:') ? decodeURIComponent(text) : text;
  return config === undefined ? plain : Buffer.from(decodeURIComponent(config), 'base64').toString();
}
