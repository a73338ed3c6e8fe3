import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Fence, field } from './fence.js';

describe('a fence', () => {
  it('has a boundary of its own for each answer', () => {
    const marks = Array.from({ length: 100 }, () => Fence.around('').mark);

    expect(new Set(marks).size).toBe(100);
    expect(marks.every((mark) => /^\[[\da-f]{8}\]$/.test(mark))).toBe(true);
  });

  it('takes another boundary where a mail has guessed it', () => {
    const drawn = ['aaaaaaaa', 'bbbbbbbb', 'cccccccc'];
    const fence = Fence.around('[aaaaaaaa] end\n[bbbbbbbb] end', () => drawn.shift() ?? '');

    expect(fence.mark).toBe('[cccccccc]');
  });

  it('looks for it in every text of an answer, at whatever depth', () => {
    const drawn = ['aaaaaaaa', 'bbbbbbbb', 'cccccccc', 'dddddddd'];
    const answer = {
      subject: 'x aaaaaaaa',
      count: 7,
      none: null,
      files: [{ name: 'bbbbbbbb' }, ['[cccccccc]']],
    };

    expect(Fence.around(answer, () => drawn.shift() ?? '').mark).toBe('[dddddddd]');
  });

  const part = fc.oneof(
    fc.string({ unit: 'grapheme' }),
    fc.constantFrom(
      '\n',
      '\r\n',
      '\u2028',
      '\n\n',
      '[',
      ']',
      ' end',
      '[00000001] end',
      '00000001',
      '00000002',
    ),
  );
  const theirs = fc.array(part, { maxLength: 20 }).map((parts) => parts.join(''));

  it('marks our lines and no other, whatever is between them', () => {
    fc.assert(
      fc.property(theirs, theirs, theirs, (subject, body, note) => {
        let drawn = 0;
        const random = (): string => (drawn += 1).toString(16).padStart(8, '0');
        const fence = Fence.around(subject + body + note, random);
        const lines = fence
          .text([fence.own('message m1'), field('Subject', subject), '', body, fence.own(`note ${note}`)])
          .split('\n');
        const ours = lines.filter((line) => line.startsWith(fence.mark));

        expect(ours).toHaveLength(3);
        expect(ours[0]).toBe(`${fence.mark} message m1`);
        expect(ours[2]).toBe(lines.at(-1));
        const named = subject === '' ? 0 : 1;
        expect(lines.slice(2, 2 + named).every((line) => line.startsWith('Subject:'))).toBe(true);
        expect(lines[2 + named]).toBe('');
      }),
    );
  });

  it('encloses a text, and says in what', () => {
    const fence = Fence.around('Hello');

    expect(fence.enclosed({ text: 'Hello', totalChars: 5 })).toEqual({
      text: `${fence.mark} begin\nHello\n${fence.mark} end`,
      totalChars: 5,
      fence: fence.mark,
    });
  });
});
