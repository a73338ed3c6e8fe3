import { describe, expect, it } from '@jest/globals';
import { gmailScopes } from '../../gmail/index.js';
import { tokenHandout } from './token-handout.js';

const { full, modify, readonly, metadata, send, settingsBasic } = gmailScopes;
const drive = 'https://www.googleapis.com/auth/drive';
const identity = [
  'openid',
  'https://www.googleapis.com/auth/userinfo.email',
  'https://www.googleapis.com/auth/userinfo.profile',
];

const callers = {
  'names nothing and has no right': { named: false, permitted: false },
  'names it without the right': { named: true, permitted: false },
  'has the right and does not name it': { named: false, permitted: true },
};

describe('a token for an instance', () => {
  it.each<[asked: string[], granted: string[]]>([
    [[readonly], [readonly]],
    [[readonly], [readonly, ...identity]],
    [[readonly], [metadata]],
    [[full], [modify, readonly, send]],
    [[modify], []],
    [[], identity],
  ])('that asks for %j and was granted %j is handed out', (asked, granted) => {
    for (const brought of Object.values(callers))
      expect(tokenHandout(asked, granted, brought)).toEqual({ do: 'hand_out' });
  });

  describe.each<[asked: string[], granted: string[], wider: string[]]>([
    [[readonly], [modify, ...identity], [modify]],
    [[readonly], [readonly, send], [send]],
    [[readonly, send], [readonly, drive], [drive]],
    [[modify], [full], [full]],
    [[full], [full, settingsBasic], [settingsBasic]],
    [['openid', 'email'], [readonly], [readonly]],
  ])('that asks for %j and was granted %j, of which %j is more,', (asked, granted, wider) => {
    it.each(Object.entries(callers))('is refused to a caller who %s', (_who, brought) => {
      expect(tokenHandout(asked, granted, brought)).toEqual({ do: 'refuse', wider });
    });

    it('is handed out to a caller who may have it and says so', () => {
      expect(tokenHandout(asked, granted, { named: true, permitted: true })).toEqual({ do: 'hand_out' });
    });
  });
});
