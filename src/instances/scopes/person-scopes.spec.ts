import { describe, expect, it } from '@jest/globals';
import { gmailScopes } from '../../gmail/index.js';
import { googleScopesOf, knownPersonScopes, servedPersonScopes, toolsetsOf } from './person-scopes.js';

const { readonly, modify, send, settingsBasic, full, compose } = gmailScopes;

describe('scopes of ours', () => {
  it.each([
    [[], []],
    [['gmail:read'], [readonly]],
    [['gmail:read', 'gmail:write'], [modify]],
    [
      ['gmail:read', 'gmail:send'],
      [readonly, send],
    ],
    [['gmail:write', 'gmail:send'], [modify]],
    [
      ['gmail:read', 'gmail:write', 'gmail:send', 'gmail:settings'],
      [modify, settingsBasic],
    ],
  ] as const)('%j ask Google for no more than they need', (scopes, google) => {
    expect(googleScopesOf(scopes)).toEqual(google);
  });

  it.each([
    [[], []],
    [[readonly], ['gmail:read']],
    [[send], ['gmail:send']],
    [[compose], ['gmail:send']],
    [[modify], ['gmail:read', 'gmail:write', 'gmail:send']],
    [
      [full, settingsBasic],
      ['gmail:read', 'gmail:write', 'gmail:send', 'gmail:settings'],
    ],
  ])('a grant of %j serves %j', (google, scopes) => {
    expect(servedPersonScopes(google)).toEqual(scopes);
  });

  it('are served by the very grant that they ask for', () => {
    for (const scopes of [['gmail:read'], ['gmail:send'], ['gmail:write', 'gmail:settings']] as const)
      expect(servedPersonScopes(googleScopesOf(scopes))).toEqual(expect.arrayContaining([...scopes]));
  });

  it('open the tools that they are for, and never those that cannot be taken back', () => {
    expect(toolsetsOf(['gmail:read'])).toEqual(['core', 'changes']);
    expect(toolsetsOf(['gmail:read', 'gmail:write', 'gmail:send', 'gmail:settings'])).not.toContain(
      'dangerous',
    );
  });

  it('are told from others', () => {
    expect(knownPersonScopes(['openid', 'gmail:send', 'gmail:everything', 'gmail:read'])).toEqual([
      'gmail:read',
      'gmail:send',
    ]);
  });
});
