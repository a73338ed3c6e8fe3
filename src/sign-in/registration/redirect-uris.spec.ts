import { describe, expect, it } from '@jest/globals';
import { redirectTarget, usableRedirectUris } from './redirect-uris.js';

describe('redirect URIs of a client', () => {
  it('are all three of Cursor’s', () => {
    const cursors = [
      'cursor://anysphere.cursor-mcp/oauth/callback',
      'https://www.cursor.com/agents/mcp/oauth/callback',
      'http://localhost:8787/callback',
    ];
    expect(usableRedirectUris(cursors)).toEqual(cursors);
  });

  it.each([
    ['a script', 'javascript:alert(1)'],
    ['a script in capitals', 'JavaScript:alert(1)'],
    ['data', 'data:text/html,x'],
    ['http to another machine', 'http://evil.example/cb'],
    ['http to a name that begins like loopback', 'http://localhost.evil.example/cb'],
    ['https to loopback', 'https://localhost/cb'],
    ['a fragment', 'https://a.example/cb#x'],
    ['a user', 'https://a@b.example/cb'],
    ['a wildcard', 'https://*.example/cb'],
    ['a backslash', 'https://a.example\\@evil.example/'],
    ['what is no URI', 'callback'],
    ['no text', 7],
  ])('%s is left out, and the others stay', (_case, bad) => {
    expect(usableRedirectUris(['https://a.example/cb', bad])).toEqual(['https://a.example/cb']);
  });

  it.each([
    ['https://claude.ai/api/mcp/auth_callback', 'claude.ai'],
    ['http://localhost/callback', 'an application on this computer'],
    ['cursor://anysphere.cursor-mcp/oauth/callback', 'the application that opens cursor:'],
  ])('%s is told as %s', (uri, told) => {
    expect(redirectTarget(uri)).toBe(told);
  });
});
