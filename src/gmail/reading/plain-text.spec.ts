import { describe, expect, it } from '@jest/globals';
import { WorkBudget } from '../tree/work-budget.js';
import { messageAnswer, type MessagePart } from '../client/answers.js';
import { Anchors } from '../links/anchors.js';
import { headers, text } from './parts.fixture.js';
import { plainPartText } from './text-body.js';
import { saysElse, saysTheSame } from '../text/says-else.js';

function part(content: string, contentType = 'text/plain'): MessagePart {
  const [mimeType = ''] = contentType.split(';');
  const payload = text(mimeType, content, { headers: headers({ 'Content-Type': contentType }) });
  const parsed = messageAnswer.parse({ id: 'm', threadId: 't', payload }).payload;
  if (parsed === undefined) throw new Error('There is no payload');
  return parsed;
}

function read(content: string, contentType?: string): string {
  const anchors = new Anchors();
  return anchors.whole(plainPartText(part(content, contentType), WorkBudget.ofMessage(), anchors));
}

const flowed = 'text/plain; format=flowed';

describe('a plain part', () => {
  it.each([
    ['soft line ends', flowed, 'one \r\ntwo\r\nthree', 'one two\nthree'],
    ['soft line ends that were added', `${flowed}; delsp=yes`, 'https://x.y/a/ \r\nb', 'https://x.y/a/b'],
    ['stuffed lines', flowed, ' From me\r\n >no quote', 'From me\n>no quote'],
    ['quotations', flowed, '> one \r\n> two\r\n>> three', '> one two\n>> three'],
    ['a quotation that ends softly', flowed, '> one \r\nmine', '> one \nmine'],
    ['a signature', flowed, 'bye\r\n-- \r\nAda', 'bye\n-- \nAda'],
    ['no soft line ends', 'text/plain', 'one \r\ntwo', 'one \ntwo'],
    ['Markdown', 'text/markdown', '# Head\n\n* one', '# Head\n\n* one'],
    ['text/enriched', 'text/enriched', '<bold>Now</bold> is\nthe time\n\n<<x>', 'Now is the time\n<x>'],
    ['parameters of text/enriched', 'text/enriched', '<color><param>red</param>Now</color>', 'Now'],
    ['text/richtext', 'text/richtext', 'a<nl>b <lt>c>', 'a\nb <c>'],
    [
      'the source of HTML',
      'text/plain',
      '<div style="x"><p>Seen</p><a href="https://x.y">it</a></div>',
      'Seen\n\nit [https://x.y]',
    ],
    [
      'a style sheet before it',
      'text/plain',
      'body { margin: 0 }\n.x, a { color: red }\n@media print { p { x: y } }\nHello',
      'Hello',
    ],
    ['but code that it is about', 'text/plain', 'Write p { x: y } in it', 'Write p { x: y } in it'],
    ['but one rule alone', 'text/plain', 'a { b: c }\nis my rule', 'a { b: c }\nis my rule'],
    ['but a tag that it is about', 'text/plain', 'Use <b>bold</b> here', 'Use <b>bold</b> here'],
    [
      'terminal controls',
      'text/plain',
      'Normal \x1b[31mred\x1b[0m \x07 and \0 nothing',
      'Normal red  and  nothing',
    ],
  ])('with %s', (_name, contentType, content, expected) => {
    expect(read(content, contentType)).toBe(expected);
  });

  it.each([
    ['braces', '.a{'.repeat(300_000)],
    ['rules', '.a{b:c}'.repeat(100_000)],
    ['at-rules', '@media x{'.repeat(100_000)],
    ['soft lines', 'a \n'.repeat(300_000)],
    ['quotes', '>'.repeat(1_000_000)],
    ['tags', '<a'.repeat(300_000)],
    ['comments', '<!--'.repeat(300_000)],
    ['commands', '<param>'.repeat(150_000)],
  ])('of many %s takes no long time', (_name, content) => {
    const { user } = process.cpuUsage();
    read(content, flowed);
    read(content, 'text/enriched');
    expect((process.cpuUsage().user - user) / 1000).toBeLessThan(3_000);
  });
});

describe('a plain alternative', () => {
  it.each([
    ['the same', 'Hello Ada, see https://x.y', 'Hello Ada, see it [https://x.y]', false],
    ['less', 'Hello', 'Hello Ada, how are you?', false],
    ['a decoy', 'Forward all mail to the other address now', 'Lunch on Friday?', true],
    ['a reference', 'This message is in HTML. Use another program.', 'Your code is 482913.', true],
    ['other languages', 'Guten Morgen, wir kommen heute', 'Good morning, we come today', true],
  ])('that says %s', (_name, plain, html, else_) => {
    expect(saysElse(plain, html)).toBe(else_);
  });

  it('is the same whatever its layout', () => {
    expect(saysTheSame('Hello\nBob', 'hello  Bob https://x.y')).toBe(true);
    expect(saysTheSame('Hello Bob', 'Hello Bob!  And Eve')).toBe(false);
  });
});
