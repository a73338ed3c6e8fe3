import { describe, expect, it } from '@jest/globals';
import { messageAnswer } from '../client/answers.js';
import { replyReference } from './reply-reference.js';

function reply(headers: Record<string, string>) {
  return replyReference(
    messageAnswer.parse({
      id: 'm1',
      threadId: 't1',
      payload: { headers: Object.entries(headers).map(([name, value]) => ({ name, value })) },
    }),
  );
}

describe('a reply', () => {
  it('goes on with the references of the message', () => {
    expect(
      reply({ 'Message-ID': '<3@x>', References: '<1@x>\r\n <2@x>', 'In-Reply-To': '<2@x>', Subject: 'Hi' }),
    ).toEqual({ threadId: 't1', subject: 'Re: Hi', references: ['<1@x>', '<2@x>', '<3@x>'] });
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
