import { describe, expect, it } from '@jest/globals';
import { bareSubject, forwardSubject, replySubject } from './subject-prefix.js';

describe('the subject of a reply', () => {
  it.each([
    ['Lunch?', 'Re: Lunch?'],
    ['', 'Re:'],
    ['Research', 'Re: Research'],
    ['Re Lunch', 'Re: Re Lunch'],
    ['Fwd: Lunch?', 'Re: Fwd: Lunch?'],
    ['WG: Lunch?', 'Re: WG: Lunch?'],
  ])('to %j is %j', (subject, expected) => {
    expect(replySubject(subject)).toBe(expected);
  });

  it.each([
    ...['Re: a', 'RE:a', 're : a', 'Re[2]: a', 'RE(3): a', 'Re2: a', 'AW: a', 'Antw: a', 'SV: a', 'VS: a'],
    ...['Odp: a', 'YNT: a', 'R: a', 'RIF: a', 'RES: a', 'Vá: a', 'ΣΧΕΤ: a', 'השב: a', 'رد: a', 'Ответ: a'],
    ...['回复: a', '回复：a', '回覆: a', '返信: a', '답장: a', 'Re：a'],
  ])('to %j stacks nothing on it', (subject) => {
    expect(replySubject(subject)).toBe(subject);
    expect(replySubject(replySubject('a'))).toBe('Re: a');
  });
});

describe('the subject of a forwarded mail', () => {
  it.each([
    ['Lunch?', 'Fwd: Lunch?'],
    ['', 'Fwd:'],
    ['Re: Lunch?', 'Fwd: Lunch?'],
    ['AW: Re: RE[4]: Lunch?', 'Fwd: Lunch?'],
    ['Fwd: Lunch?', 'Fwd: Lunch?'],
    ['FW: Lunch?', 'FW: Lunch?'],
    ['Re: Fwd: Lunch?', 'Fwd: Lunch?'],
    ['WG: Lunch?', 'WG: Lunch?'],
    ['TR: Lunch?', 'TR: Lunch?'],
    ['转发：Lunch?', '转发：Lunch?'],
  ])('of %j is %j', (subject, expected) => {
    expect(forwardSubject(subject)).toBe(expected);
  });
});

it.each([
  ['Re: AW: Fwd: Lunch?', 'Lunch?'],
  ['Lunch: when?', 'Lunch: when?'],
  ['Re:', ''],
])('without its prefixes %j is %j', (subject, expected) => {
  expect(bareSubject(subject)).toBe(expected);
});

it('takes a subject of prefixes alone for what it is, in no time', () => {
  const startedMs = performance.now();
  bareSubject('re: '.repeat(100_000));
  replySubject(`re${' '.repeat(100_000)}`);
  expect(performance.now() - startedMs).toBeLessThan(1_000);
});
