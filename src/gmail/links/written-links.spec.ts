import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { htmlToText } from '../html/html-to-text.js';
import { linkTarget } from '../html/link-target.js';
import { WorkBudget } from '../tree/work-budget.js';
import { Anchors } from './anchors.js';
import { isLong } from './short-target.js';
import { type WrittenLinks, writeLinks } from './written-links.js';

const code = 'u001.OBGvZ2Rk8nKq3xYwP5tLs7Jm9Hc4Fa6Db1Ee0VgUiTq';
const long = `https://click.news.example/ls/click?upn=${code}`;
const other = `https://click.news.example/ls/click?upn=${code}b`;
const elsewhere = `https://evil.example/ls/click?upn=${code}b`;

function writeHtml(html: string): WrittenLinks {
  const anchors = new Anchors();
  return writeLinks(htmlToText(html, WorkBudget.ofMessage(), anchors), anchors);
}

function writePlain(text: string): WrittenLinks {
  return writeLinks(text, new Anchors());
}

describe('a link of HTML', () => {
  it.each([
    ['that is short stays whole', '<a href="https://t.example/81">Track</a>', 'Track [https://t.example/81]'],
    [
      'that is long is its host and number',
      `<a href="${long}">Read</a>`,
      'Read [click.news.example/ls/click/… link 1]',
    ],
    [
      'that leads to the same is said by its number',
      `<a href="${long}">A</a> <a href="${other}">B</a> <a href="${long}">C</a>`,
      'A [click.news.example/ls/click/… link 1] B [link 2] C [link 1]',
    ],
    [
      'that leads to another host than the one named last names its own',
      `<a href="${long}">A</a> <a href="${elsewhere}">B</a> <a href="${other}">C</a> <a href="${elsewhere}">D</a> <a href="${other}b">E</a>`,
      'A [click.news.example/ls/click/… link 1] B [evil.example/ls/click/… link 2] C [click.news.example/ls/click/… link 3] D [link 2] E [click.news.example/ls/click/… link 4]',
    ],
    [
      'far behind what named its host names it again',
      `<a href="${long}">A</a><p>${'x '.repeat(2_500)}</p><a href="${other}">B</a>`,
      `A [click.news.example/ls/click/… link 1]\n\n${'x '.repeat(2_500).trim()}\n\nB [click.news.example/ls/click/… link 2]`,
    ],
    [
      'that is no code and is said again is whole the first time',
      '<a href="https://blog.example/2026/how-we-moved">A</a> <a href="https://blog.example/2026/how-we-moved">B</a>',
      'A [https://blog.example/2026/how-we-moved link 1] B [link 1]',
    ],
    [
      'that is its own text is said once',
      `<a href="${long}">${long}</a>`,
      '[click.news.example/ls/click/… link 1]',
    ],
    [
      'that lacks the scheme in its text is said once',
      '<a href="https://x.example/">x.example</a>',
      'x.example',
    ],
    [
      'that shows another URL shows that without a number',
      `<a href="${long}">${other.replace('click.', 'www.')}</a>`,
      'www.news.example/ls/click/… [click.news.example/ls/click/… link 1]',
    ],
    [
      'around a picture stands alone',
      `<a href="${long}"><img src="cid:1"></a>`,
      '[click.news.example/ls/click/… link 1]',
    ],
    [
      'around a picture is left out where a text leads there, too',
      `<p><a href="${long}"><img src="cid:1"></a></p><p><a href="${long}">Read</a></p>`,
      'Read [click.news.example/ls/click/… link 1]',
    ],
    [
      'to a long mail is its address and number',
      `<a href="mailto:leave@lists.example?subject=unsubscribe&amp;body=${code}${code}">Leave</a>`,
      'Leave [leave@lists.example… link 1]',
    ],
    [
      'to a host with a port and a user shows the host that it opens',
      `<a href="https://bank.example@evil.example:8443/${code}${code}">Bank</a>`,
      'Bank [evil.example:8443/… link 1]',
    ],
  ])('%s', (_name, html, text) => {
    expect(writeHtml(html).text).toBe(text);
  });

  it('to a long host shows the end of it, which says whose it is', () => {
    const host = `www.bank.example.${'session-'.repeat(6)}x.evil.example`;
    expect(writeHtml(`<a href="https://${host}/login?id=12">Bank</a>`).text).toMatch(
      /^Bank \[…[a-z.-]{30,}x\.evil\.example\/login\/… link 1\]$/,
    );
  });

  it('is listed with its whole target, its text and its host', () => {
    const html = `<a href="${long}"><img src="x.png" alt="Logo"></a> <a href="${long}">Read <b>more</b></a> <a href="tel:+123">Call</a>`;
    expect(writeHtml(html).links).toEqual([
      { id: 1, url: long, text: 'Logo', host: 'click.news.example' },
      { id: 2, url: 'tel:+123', text: 'Call', host: null },
    ]);
  });

  it('cannot be feigned by what the mail says', () => {
    const { text, links } = writeHtml(
      `\ufdd0x\ufdd10\ufdd2 &#xfdd0;y&#xfdd1;0&#xfdd2; <a href="${long}">A</a>`,
    );
    expect(text).toBe('x0 y0 A [click.news.example/ls/click/… link 1]');
    expect(links).toHaveLength(1);
  });

  it('has nothing in its target that is not seen', () => {
    const { links } = writeHtml('<a href="https://x.example/a\u200bb\u{e0041}\u00adc">A</a>');
    expect(links[0]?.url).toBe('https://x.example/a%E2%80%8Bb%F3%A0%81%81%C2%ADc');
  });
});

describe('a URL in a text', () => {
  const short = 'click.news.example/ls/click/… link 1';
  it.each([
    ['that is short', 'See https://t.example/81.', 'See https://t.example/81.'],
    ['that is long', `See ${long}.`, `See [${short}].`],
    ['between angles', `Read more <${long}>, or not`, `Read more [${short}], or not`],
    ['between brackets', `Read [${long}]`, `Read [${short}]`],
    ['between parentheses', `Read (see ${long})`, `Read (see [${short}])`],
    ['with parentheses of its own', `${long}(a)`, `[${short}]`],
    ['of Markdown', `[Read](${long}) on`, `[Read]([${short}]) on`],
    ['of Markdown twice', `[${long}](${long})`, `[${short}]([link 1])`],
    ['without its scheme', `www.${long.slice(8)}!`, `[www.${short}]!`],
    ['that is said again', `${long} ${long}`, `[${short}] [link 1]`],
    ['that letters follow', `${long}请看`, `${long}请看`],
    ['inside of a word', `x${long}`, `x${long}`],
    ['in capitals', `HTTPS${long.slice(5)}`, `[${short}]`],
  ])('%s', (_name, text, written) => {
    expect(writePlain(text).text).toBe(written);
  });

  it.each([
    ['many', 'www.a '.repeat(1_300_000)],
    ['endless', 'www.'.repeat(2_000_000)],
    ['of Markdown', 'https://a](https://b]('.repeat(360_000)],
  ])('takes no long time where they are %s', (_what, text) => {
    const before = process.cpuUsage();
    expect(writePlain(text).text === text).toBe(true);
    expect(process.cpuUsage(before).user / 1_000).toBeLessThan(1_000);
  });

  it('stays whole where it crosses the end of what is looked through', () => {
    const text = `${' '.repeat(499_950)}${long} and ${long}`;
    expect(writePlain(text)).toMatchObject({ text, links: [] });
  });

  it('is listed without what stands around it', () => {
    expect(writePlain(`<${long}>, (https://a.example/x_(y)) and https://t.example/81!`).links).toEqual([
      { id: 1, url: long, text: null, host: 'click.news.example' },
      { id: 2, url: 'https://a.example/x_(y)', text: null, host: 'a.example' },
      { id: 3, url: 'https://t.example/81', text: null, host: 't.example' },
    ]);
  });
});

describe('links of any HTML', () => {
  const part = fc.stringMatching(/^[A-Za-z0-9_.~%&=+-]{1,40}$/);
  const target = fc.oneof(
    fc
      .tuple(part, part, fc.webAuthority({ withUserInfo: true, withPort: true }))
      .map(([path, query, host]) => `https://${host}/${path}/${path}?u=${query}${path}`),
    fc.webUrl({ withQueryParameters: true, withFragments: true, size: 'large' }),
    fc.emailAddress().map((address) => `mailto:${address}?subject=${'long'.repeat(20)}`),
  );
  const element = fc.oneof(
    fc.record({
      target,
      text: fc.constantFrom('Read', 'more of it', '<img src="x.png">', 'https://shown.example/x', 'a | b'),
    }),
    fc.record({ target, text: fc.constant('<img src="x.png" alt="Picture">') }),
  );

  it('expand by their numbers to exactly their targets, and no number dangles', () => {
    fc.assert(
      fc.property(
        fc.array(element, { minLength: 1, maxLength: 12 }),
        fc.array(fc.nat()),
        (elements, again) => {
          const all = [...elements, ...again.map((index) => elements[index % elements.length]!)];
          const html = all
            .map(
              ({ target: href, text }, index) =>
                `<p>${index}a <a href="${href.replaceAll('&', '&amp;').replaceAll('"', '&quot;')}">${text}</a> ${index}z</p>`,
            )
            .join('');
          const { text, links } = writeHtml(html);
          const byId = new Map(links.map((link) => [link.id, link.url]));
          const targets = all.map(({ target: href }) => linkTarget(href, ''));
          expect(new Set(byId.values())).toEqual(new Set(targets.filter((each) => each !== '')));
          for (const [index, expected] of targets.entries()) {
            const [, shown = ''] = new RegExp(`^${index}a (.*)${index}z$`, 'm').exec(text) ?? [];
            const ids = [...shown.matchAll(/link (\d+)\]/g)].map(([, id]) => byId.get(Number(id)));
            for (const url of ids) expect(url).toBe(expected);
            const isSaid = ids.length > 0 || shown.includes(expected.replace(/^mailto:/, ''));
            // A picture or nothing at all is clicked, and a text elsewhere leads there.
            const isElsewhere =
              all[index]?.text === '<img src="x.png">' &&
              targets.filter((each) => each === expected).length > 1;
            expect(isSaid || isElsewhere).toBe(true);
            if (isLong(expected)) expect(shown).not.toContain(expected.replace(/^mailto:/, ''));
          }
        },
      ),
      { numRuns: 300 },
    );
  });
});
