import { describe, expect, it } from '@jest/globals';
import { gmailScopes } from '../../gmail/index.js';
import { scopeDecision, type ScopeDecision } from './scope-decision.js';

const { full, modify, readonly, metadata, labels, compose, send, settingsBasic } = gmailScopes;

describe('what an instance may do', () => {
  it.each<
    [sufficient: string[], asked: string[], granted: string[] | null, decision: ScopeDecision, why: string]
  >([
    [[send], [send], [send], 'allowed', 'it asks for it and was granted it'],
    [[send], [modify], [full], 'allowed', 'either side covers it with a wider scope'],
    [[send], [full], [compose], 'allowed', 'it was granted less than it asks for, and enough'],
    [[send], [readonly], [modify], 'not_asked_for', 'the grant is wider than what it asks for'],
    [[send], [readonly], [readonly], 'not_asked_for', 'neither side has it'],
    [[send], [readonly], null, 'not_asked_for', 'a grant could not change it'],
    [[send], ['openid', 'email'], [full], 'not_asked_for', 'it asks for nothing of Gmail'],
    [[send], [readonly, send], [readonly], 'not_granted', 'it was left out at the consent, or came later'],
    [[send], [modify], [readonly], 'not_granted', 'what covers it was not granted'],
    [[send], [send], [], 'not_granted', 'nothing was granted'],
    [[send], [send], null, 'allowed', 'it is not known yet what will be granted'],
    [
      [labels, metadata],
      [labels],
      [readonly],
      'allowed',
      'each side covers another of the sufficient scopes',
    ],
    [[labels, metadata], [send], [readonly], 'not_asked_for', 'what it asks for covers none of them'],
    [[metadata], [send], [modify], 'not_asked_for', 'who only sends reads no headers'],
    [[readonly], [metadata], [readonly], 'not_asked_for', 'headers are not the text'],
    [[settingsBasic], [full], [full], 'not_asked_for', 'no other scope covers the settings'],
    [[], ['openid'], null, 'allowed', 'no scope is needed'],
  ])('%j, asking for %j and granted %j: %s, since %s', (sufficient, asked, granted, decision) => {
    expect(scopeDecision({ asked, granted }, sufficient)).toBe(decision);
  });
});
