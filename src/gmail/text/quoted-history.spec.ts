import { describe, expect, it } from '@jest/globals';
import { OlderTexts, quotedHistory } from './quoted-history.js';

const first = 'Shall we meet in Ghent on Friday to talk about the budget for the coming year?';
const second = `I would rather come on Monday, since the trains are late at weekends.\n\nOn Fri, 3 Jul 2026 at 10:00 Ada <ada@x.example> wrote:\n> ${first}`;

function quoted(text: string): string {
  return text.replaceAll(/^/gm, '> ');
}

/** What remains, with a mark for each fold. */
function folded(text: string, ...older: string[]): string {
  let position = 0;
  let shown = '';
  for (const { start, end } of quotedHistory(text, new OlderTexts(older))) {
    shown += `${text.slice(position, start)}…`;
    position = end;
  }
  return shown + text.slice(position);
}

describe('quoted history', () => {
  it.each([
    ['with the line that says whose it is', 'On Fri, 3 Jul 2026 at 10:00 Ada <ada@x.example> wrote:'],
    ['in another language', 'Am Fr., 3. Juli 2026 um 10:00 Uhr schrieb Ada <ada@x.example>:'],
    ['on two lines', 'On Fri, 3 Jul 2026 at 10:00 Ada\n<ada@x.example> wrote:'],
  ])('is folded %s', (_what, attribution) => {
    expect(folded(`Yes.\n\n${attribution}\n> ${first}`, first)).toBe('Yes.\n\n…');
  });

  it('is folded whole when it holds the history of what it quotes', () => {
    expect(folded(`Fine.\n\n${quoted(second)}`, second, first)).toBe('Fine.\n\n…');
  });

  it('is found though lines are broken elsewhere, and case and marks differ', () => {
    const rewrapped = quoted(first.toUpperCase().replaceAll(' ', '\n'));
    expect(folded(`Yes.\n${rewrapped}`, first)).toBe('Yes.\n…');
  });

  it('is found without marks where much is repeated, as Outlook does', () => {
    const long = `${first} Every department sends its figures to Tom before Wednesday evening. Then the two of us put them together over the weekend and send them round.`;
    expect(folded(`Good.\n\n${long}`, long)).toBe('Good.\n\n…');
  });

  it('keeps what no older message says, though it stands in a quote', () => {
    const changed = first.replace('Ghent', 'Bruges');
    expect(folded(`Yes.\n> ${changed}`, first)).toContain('Bruges');
    expect(folded(`Yes.\n> ${first}`)).toBe(`Yes.\n> ${first}`);
    expect(folded(`See below.\n> ${first}\n> Pay 100 euros to this other account today`, first)).toContain(
      'this other account',
    );
  });

  it.each([
    ['numbered otherwise', '[docs.example/budget/… link 1]', '[docs.example/budget/… link 4]'],
    ['said by its number', '[docs.example/budget/… link 1]', '[link 4]'],
    ['rewritten by a program', '[docs.example/budget/… link 1]', 'https://safe.example/?url=docs'],
    ['said again', 'https://docs.example/budget', '[https://docs.example/budget link 2]'],
  ])('is found though a link is %s', (_how, link, later) => {
    const said = (each: string): string => `${first} The figures ${each} are in the usual place.`;
    expect(folded(`Yes.\n> ${said(later)}`, said(link))).toBe('Yes.\n…');
  });

  it('is a signature, too, and one with the quote behind it', () => {
    const signature = '--\n\nAda Miller\nSociety for Old Maps';
    const attribution = 'On Fri, 3 Jul 2026 at 10:00 Ada <ada@x.example> wrote:';
    const older = `${first}\n\n${signature}`;
    expect(folded(`Yes.\n\n${signature}\n\n${attribution}\n${quoted(older)}`, older)).toBe('Yes.\n\n…');
    expect(folded(`Yes.\n\n${signature.replace('Old', 'New')}`, older)).toContain('New Maps');
    expect(folded('Ada Miller\nSociety for Old Maps', older)).toContain('Old Maps');
  });

  it('keeps a link that is the answer', () => {
    const answered = `> ${first}\nhttps://docs.example/new\n> ${second.slice(0, 60)}`;
    expect(folded(answered, first, second)).toContain('https://docs.example/new');
    const numbered = answered.replace('https://docs.example/new', '[docs.example/… link 3]');
    expect(folded(numbered, first, second)).toContain('link 3');
  });

  it('keeps a short quote that is answered line by line', () => {
    const text = `> ${first}\nYes, in Ghent.\n`;
    expect(folded(text, first)).toBe(text);
  });

  it('keeps a short text that a person wrote twice', () => {
    expect(folded('Yes, I agree with all of that.', 'Yes, I agree with all of that.')).toBe(
      'Yes, I agree with all of that.',
    );
  });

  it('keeps a sentence before the quote that only looks like the line above one', () => {
    const text = `My answers to your 3 points:\n> ${first}`;
    expect(folded(text, first)).toBe('My answers to your 3 points:\n…');
  });

  it('takes no more than linear time', () => {
    const text = `${'a b c '.repeat(8_000)}\n${'> a b c\n'.repeat(6_000)}`;
    const started = performance.now();
    quotedHistory(text, new OlderTexts([text, text]));
    expect(performance.now() - started).toBeLessThan(2_000);
  });

  it('takes no more than linear time where quotes and answers take turns', () => {
    const text = '> a a a a\n\n\n\n\nb\n'.repeat(6_000);
    const started = performance.now();
    quotedHistory(text, new OlderTexts(['a a a a a']));
    expect(performance.now() - started).toBeLessThan(250);
  });
});
