import { describe, expect, it } from '@jest/globals';
import { messageAnswer } from '../client/answers.js';
import { replyReference } from './reply-reference.js';

function message(headers: Record<string, string>) {
  return messageAnswer.parse({
    id: 'm1',
    threadId: 't1',
    payload: { headers: Object.entries(headers).map(([name, value]) => ({ name, value })) },
  });
}

function reply(headers: Record<string, string>) {
  return replyReference(message(headers));
}

describe('a reply', () => {
  it('goes on with the references of the message', () => {
    expect(
      reply({ 'Message-ID': '<3@x>', References: '<1@x>\r\n <2@x>', 'In-Reply-To': '<2@x>', Subject: 'Hi' }),
    ).toEqual({ recipients: [], threadId: 't1', subject: 'Re: Hi', references: ['<1@x>', '<2@x>', '<3@x>'] });
  });

  it('begins them with what the message answers, where it has none', () => {
    expect(reply({ 'Message-ID': '<2@x>', 'In-Reply-To': '<1@x> (your mail)' }).references).toEqual([
      '<1@x>',
      '<2@x>',
    ]);
  });

  it('keeps the first and the latest of endless references', () => {
    const all = Array.from({ length: 1000 }, (_, index) => `<${index}@x>`);
    const { references } = reply({ 'Message-ID': '<own@x>', References: all.join(' ') });

    expect(references).toHaveLength(20);
    expect(references[0]).toBe('<0@x>');
    expect(references.slice(-2)).toEqual(['<999@x>', '<own@x>']);
  });

  it('takes nothing for a Message-ID that is none', () => {
    const { references } = reply({
      'Message-ID': 'none',
      References: `<a b@x> <\u00e4@x> <${'y'.repeat(600)}@x> <ok@x>`,
    });

    expect(references).toEqual(['<ok@x>']);
  });

  it.each([
    ['Hi', 'Re: Hi'],
    ['Re: Hi', 'Re: Hi'],
    ['RE:Hi', 'RE:Hi'],
    ['Research', 'Re: Research'],
    ['=?utf-8?Q?Gr=C3=BC=C3=9Fe?=', 'Re: Grüße'],
    ['Hi\r\n there', 'Re: Hi there'],
    ['', 'Re:'],
  ])('to %j has the subject %j', (subject, expected) => {
    expect(reply({ Subject: subject }).subject).toBe(expected);
  });
});

describe('a reply that names no recipient', () => {
  it.each([
    ['goes to the sender', { From: 'Ada <ada@x.example>' }, ['ada@x.example']],
    [
      'goes where the sender wants replies',
      { From: 'Ada <ada@x.example>', 'Reply-To': 'Desk, Help <help@x.example>, b@x.example' },
      ['help@x.example', 'b@x.example'],
    ],
    [
      'to a message of its own goes to those whom that went to',
      { From: 'Me <ME@x.example>', To: 'ada@x.example, Bea <bea@x.example>' },
      ['ada@x.example', 'bea@x.example'],
    ],
    [
      'goes to all of a group',
      { From: 'a@x.example', 'Reply-To': 'Team: b@x.example, c@x.example;' },
      ['b@x.example', 'c@x.example'],
    ],
    ['goes nowhere without an address', { From: 'Ada' }, []],
  ])('%s', (_what, headers, expected) => {
    const { recipients } = replyReference(message(headers), 'me@x.example');
    expect(recipients.map(({ address }) => address)).toEqual(expected);
  });

  it('drops a name that reads as another address', () => {
    const headers = { From: '"boss@x.example" <ada@evil.example>' };
    expect(replyReference(message(headers)).recipients).toEqual([{ name: '', address: 'ada@evil.example' }]);
  });
});

it.each([
  ['abc123@a.example', ['<abc123@a.example>']],
  ['<abc123@a.example', ['<abc123@a.example>']],
  ['abc123@a.example>', ['<abc123@a.example>']],
  ['abc123@a.example (added by mx.example)', ['<abc123@a.example>']],
  ['a b@a.example', []],
  ['none', []],
])('a Message-ID %j that has no angle brackets is referred to by %j', (id, expected) => {
  expect(reply({ 'Message-ID': id }).references).toEqual(expected);
});
