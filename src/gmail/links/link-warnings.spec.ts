import { describe, expect, it } from '@jest/globals';
import { linkWarnings } from './link-warnings.js';

function warningsOf(text: string, target: string): string {
  return linkWarnings([{ id: 1, target, text }]).join('\n');
}

describe('a link', () => {
  it.each([
    ['a URL', 'https://bank.example/login', 'https://evil.example/login', 'bank.example opens evil.example'],
    ['a host', 'www.bank.example', 'https://evil.example/', 'www.bank.example opens evil.example'],
    ['a bare host', 'bank.com', 'https://evil.example/', 'bank.com opens evil.example'],
    ['a bare host with a path', 'bank.com/login', 'http://evil.com', 'bank.com opens evil.com'],
    [
      'in capitals',
      'HTTPS://WWW.BANK.EXAMPLE',
      'https://EVIL.example',
      'www.bank.example opens evil.example',
    ],
    ['a URL in a sentence', 'Go to https://bank.example, now', 'https://evil.example', 'bank.example opens'],
    ['a URL in parentheses', 'Bank (https://bank.example)', 'https://evil.example', 'bank.example opens'],
    [
      'the other as a subdomain',
      'bank.example',
      'https://bank.example.evil.example/',
      'opens bank.example.evil',
    ],
    ['the other in its path', 'bank.example', 'https://evil.example/bank.example', 'opens evil.example'],
    ['a name of a user', 'Log in', 'https://bank.example@evil.example/', 'bank.example opens evil.example'],
    [
      'a name of a user with a password',
      'Log in',
      'https://bank.example:443@evil.example/',
      'opens evil.example',
    ],
    ['a URL with a user', 'https://bank.example@evil.example', 'https://evil.example', 'bank.example opens'],
    ['an address of numbers', 'www.bank.example', 'http://192.0.2.7/x', 'www.bank.example opens 192.0.2.7'],
    ['an address in one number', 'www.bank.example', 'http://3221225991/', 'opens 192.0.2.7'],
    ['IPv6', 'www.bank.example', 'http://[2001:db8::1]/', 'opens [2001:db8::1]'],
    [
      'letters of others',
      'www.apple.com',
      'https://www.аррӏе.com/',
      'www.apple.com opens www.xn--80ak6aa92e.com',
    ],
    ['punycode', 'https://xn--bcher-kva.example', 'https://evil.example', 'xn--bcher-kva.example opens'],
    ['letters beyond ASCII', 'https://bücher.example', 'https://evil.example', 'xn--bcher-kva.example opens'],
    ['a full stop of others', 'www.bank。example', 'https://evil.example', 'www.bank.example opens'],
    ['what is not seen', 'www.ba\u200bnk.exa\u00admple', 'https://evil.example', 'www.bank.example opens'],
    ['a mail address', 'ada@bank.example', 'mailto:eve@evil.example', 'bank.example opens evil.example'],
    [
      'a mail address for a page',
      'ada@bank.example',
      'https://evil.example',
      'bank.example opens evil.example',
    ],
    [
      'a page for a mail address',
      'www.bank.example',
      'mailto:x@evil.example?subject=a',
      'opens evil.example',
    ],
    ['another port of another', 'bank.example:8443', 'https://evil.example:8443', 'bank.example opens evil'],
    ['a shortener', 'https://bank.example', 'https://t.example/8', 'bank.example opens t.example'],
    [
      'a program in front of another',
      'https://bank.example',
      'https://nam02.safelinks.protection.outlook.com/?url=https%3A%2F%2Fevil.example%2F&data=1',
      'bank.example opens evil.example',
    ],
  ])('that names another host than it opens is warned of: %s', (_name, text, target, warning) => {
    expect(warningsOf(text, target)).toContain(warning);
  });

  it.each([
    ['the same', 'https://bank.example/login', 'https://bank.example/login'],
    ['the same domain', 'www.bank.example', 'https://login.bank.example/'],
    ['the same in capitals', 'WWW.Bank.Example', 'https://bank.example/'],
    ['the same with a dot at the end', 'www.bank.example.', 'https://bank.example'],
    ['a target with a dot at the end', 'www.bank.example', 'https://bank.example./'],
    ['another port', 'https://bank.example:8443', 'https://bank.example/'],
    ['the same in punycode', 'https://bücher.example', 'https://xn--bcher-kva.example/'],
    ['no host', 'Log in', 'https://evil.example'],
    ['a full stop', 'Read on. Now.', 'https://evil.example'],
    ['a number', '1.50 or 3.14', 'https://evil.example'],
    ['the name of a file', 'README.md', 'https://github.com/x'],
    ['the name of a program', 'Node.js', 'https://nodejs.example'],
    ['a mail address of its own', 'ada@bank.example', 'mailto:ada@bank.example?subject=Hi'],
    ['a mail address in capitals', 'Ada@Bank.Example', 'mailto:ada@bank.example'],
    ['a mail address of the page', 'ada@bank.example', 'https://www.bank.example/contact'],
    ['a call', 'www.bank.example', 'tel:+123'],
    ['a host that is cut', 'https://long.ba…', 'https://long.bank.example/x'],
    ['a path that is cut', 'https://bank.example/lo…', 'https://bank.example/login'],
    ['a user of the web that is none', 'x', 'https://user@bank.example'],
    ['a target without its scheme', 'www.bank.example', 'www.bank.example/x'],
    [
      'a program in front of it',
      'https://bank.example',
      'https://nam02.safelinks.protection.outlook.com/?url=https%3A%2F%2Fbank.example%2F&data=1',
    ],
    ['Google in front of it', 'bank.example', 'https://www.google.com/url?q=https://bank.example/&sa=D'],
    ['another in front of it', 'bank.example', 'https://urldefense.com/v3/__https://bank.example/x__;!!abc$'],
    ['what cannot be opened', 'www.bank.example', 'https://['],
  ])('that names no other host is not: %s', (_name, text, target) => {
    expect(warningsOf(text, target)).toBe('');
  });
});

it('says of many links in one short sentence', () => {
  const links = Array.from({ length: 1_000 }, (_, index) => ({
    id: index + 1,
    target: `https://${'evil'.repeat(15)}.${'evil'.repeat(15)}${index}.example/`,
    text: `https://${'bank'.repeat(15)}.${'bank'.repeat(15)}.example`,
  }));
  const [warning = '', ...more] = linkWarnings(links);
  expect(more).toEqual([]);
  expect(warning).toMatch(/^The text of a link names another host than it opens: .*, and 998 more$/);
  expect(warning.length).toBeLessThan(300);
});

it('takes linear time where a target repeats what a program that stands in front of links writes', () => {
  const target = `https://urldefense.com${'/v3/__a'.repeat(2_800)}`;
  const links = Array.from({ length: 40 }, (_, n) => ({
    id: n + 1,
    target: `${target}${n}`,
    text: 'bank.example',
  }));
  const started = performance.now();
  linkWarnings(links);
  expect(performance.now() - started).toBeLessThan(400);
});
