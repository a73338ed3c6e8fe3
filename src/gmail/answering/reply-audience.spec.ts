import { describe, expect, it } from '@jest/globals';
import { messageAnswer } from '../client/answers.js';
import { OwnAddresses } from './own-addresses.js';
import { replyAudience } from './reply-audience.js';

const own = new OwnAddresses(['Ada.Lovelace@gmail.com', 'ada@work.example']);

function audience(headers: Record<string, string>, all: boolean, labelIds: string[] = ['INBOX']) {
  const message = messageAnswer.parse({
    ...{ id: 'm1', threadId: 't1', labelIds },
    payload: { headers: Object.entries(headers).map(([name, value]) => ({ name, value })) },
  });
  const { to, cc } = replyAudience(message, own, all);
  return { to: to.map(({ address }) => address), cc: cc.map(({ address }) => address) };
}

const team = {
  From: 'Bea <bea@x.example>',
  To: 'ada@work.example, Cyn <cyn@x.example>',
  Cc: 'dan@x.example, adalovelace@gmail.com',
};

describe('a reply', () => {
  it.each<[string, Record<string, string>, string[]]>([
    ['its author', team, ['bea@x.example']],
    ['where the author wants replies', { ...team, 'Reply-To': 'list@x.example' }, ['list@x.example']],
    ['nowhere without an address', { From: 'Bea' }, []],
  ])('goes to %s', (_what, headers, to) => {
    expect(audience(headers, false)).toEqual({ to, cc: [] });
  });

  it.each<[string, Record<string, string>, { to: string[]; cc: string[] }]>([
    ['all others', team, { to: ['bea@x.example', 'cyn@x.example'], cc: ['dan@x.example'] }],
    [
      'all others once',
      { ...team, Cc: 'BEA@x.example, Cyn <cyn@X.EXAMPLE>, dan@x.example' },
      { to: ['bea@x.example', 'cyn@x.example'], cc: ['dan@x.example'] },
    ],
    [
      'the Reply-To in place of the author',
      { ...team, 'Reply-To': 'desk@x.example' },
      { to: ['desk@x.example', 'cyn@x.example'], cc: ['dan@x.example'] },
    ],
    [
      'no spelling of the own address',
      { From: 'bea@x.example', To: 'a.d.a.lovelace@googlemail.com', Cc: 'ADALovelace+news@gmail.com' },
      { to: ['bea@x.example'], cc: [] },
    ],
    [
      'a dotted namesake elsewhere',
      { From: 'bea@x.example', To: 'a.da@work.example' },
      { to: ['bea@x.example', 'a.da@work.example'], cc: [] },
    ],
    [
      'all of a group',
      { From: 'bea@x.example', To: 'Team: cyn@x.example, ada@work.example;' },
      { to: ['bea@x.example', 'cyn@x.example'], cc: [] },
    ],
    ['the author who had no other', { From: 'bea@x.example' }, { to: ['bea@x.example'], cc: [] }],
  ])('to all goes to %s', (_what, headers, expected) => {
    expect(audience(headers, true)).toEqual(expected);
  });

  it.each<[string, Record<string, string>, boolean, { to: string[]; cc: string[] }]>([
    ['to those it went to', { ...team, From: 'ada@work.example' }, false, { to: ['cyn@x.example'], cc: [] }],
    [
      'to all of those',
      { ...team, From: 'ada@work.example' },
      true,
      { to: ['cyn@x.example'], cc: ['dan@x.example'] },
    ],
    [
      'to those in Cc where the own address alone was in To',
      { From: 'ada@work.example', To: 'ada@work.example', Cc: 'dan@x.example' },
      true,
      { to: ['dan@x.example'], cc: [] },
    ],
    [
      'to the own address where no other was',
      { From: 'ada@work.example', To: 'adalovelace@gmail.com' },
      true,
      { to: ['adalovelace@gmail.com'], cc: [] },
    ],
  ])('to what the mailbox has sent goes %s', (_what, headers, all, expected) => {
    expect(audience(headers, all)).toEqual(expected);
  });

  it('knows by its label what the mailbox has sent under another address', () => {
    const headers = { From: 'old@former.example', To: 'cyn@x.example' };
    expect(audience(headers, false, ['SENT'])).toEqual({ to: ['cyn@x.example'], cc: [] });
  });
});
