import { describe, expect, it } from '@jest/globals';
import { isLong, shortTarget } from './short-target.js';

describe('a target', () => {
  it.each([
    'https://t.example/81',
    'https://app.example/confirm?t=1',
    'https://stop.example/u?1',
    'https://rsvp.example/x',
    'https://www.minutes.example/2026/06/what-was-said-at-the-board-meeting',
    'https://docs.example/a/very/long/path/that/does/not/fit/on/one/line/and/goes/on/here',
    'https://shop.example/checkout?cart=1234&step=payment',
    'mailto:ada@x.example?subject=Hello',
    'tel:+3212345678',
  ])('that a person can read stays whole: %s', (target) => {
    expect(isLong(target)).toBe(false);
  });

  it.each([
    ['https://click.news.example/ls/click?upn=u001.OBGvZ2Rk8nKq3xYwP5tLs7J', 'click.news.example/ls/click/…'],
    ['https://app.example/confirm/0f8fad5b-d9cb-469f-a165-70867728950e', 'app.example/confirm/…'],
    ['https://nl.example/f/a/dGhpcyBpcyBh1~~/AAQRxQA~/RgRnabcdefghij_Hk', 'nl.example/f/a/…'],
    [
      'https://x.example/2026/06/a-title-of-many-words?utm_source=letter&utm_medium=email',
      'x.example/2026/06/…',
    ],
    [`https://bank.example@evil.example/${'a'.repeat(80)}`, 'evil.example/…'],
    [`https://evil.example:8443/${'a'.repeat(80)}`, 'evil.example:8443/…'],
    [`https://xn--80ak6aa92e.example/${'a'.repeat(80)}`, 'xn--80ak6aa92e.example/…'],
    [`https://аррӏе.example/${'a'.repeat(80)}`, 'xn--80ak6aa92e.example/…'],
    [`HTTPS://News.Example/${'a'.repeat(80)}`, 'news.example/…'],
    [`www.news.example/${'a'.repeat(80)}`, 'www.news.example/…'],
    [`http://[2001:db8::1]/${'a'.repeat(80)}`, '2001:db8::1/…'],
    [`mailto:x@lists.example?subject=leave&body=${'a'.repeat(80)}`, 'x@lists.example…'],
    [`whatsapp:send?text=${'a'.repeat(80)}`, `whatsapp:send?text=${'a'.repeat(29)}…`],
    [`https://[${'a'.repeat(80)}`, `https://${'a'.repeat(39)}…`],
  ])('that only a machine reads is shortened: %s', (target, short) => {
    expect(isLong(target)).toBe(true);
    expect(shortTarget(target)).toBe(short);
  });
});
