import { describe, expect, it } from '@jest/globals';
import type { ActMessage } from '../acts/outbound-act.js';
import { messageMarkup } from './message-markup.js';

const mail: ActMessage = {
  ...{ from: null, to: [{ name: 'Bea', address: 'bea@example.com' }], cc: [], bcc: [], replyTo: [] },
  ...{ subject: 'Lunch?', text: 'At noon.', html: null, files: [] },
  ...{ threadId: null, inReplyTo: null, language: null, headers: [] },
};

function shown(changes: Partial<ActMessage> = {}): string {
  return messageMarkup({ ...mail, ...changes }, new Set()).text.replaceAll(/\s+/g, ' ');
}

describe('a mail as a person reads it who decides', () => {
  it.each<[string, Partial<ActMessage>, string]>([
    ['the account itself as its sender', {}, 'the mailbox’s own address'],
    [
      'the alias that it is from',
      { from: { name: 'Shop', address: 'shop@example.com' } },
      '<strong>shop@example.com</strong>',
    ],
    [
      'where answers go',
      { replyTo: [{ name: 'Boss', address: 'away@evil.example' }] },
      'Answers go to (Reply-To)</h2> <ul> <li><mark><bdi><strong>away@evil.example',
    ],
    ['who is hidden', { bcc: [{ name: '', address: 'spy@evil.example' }] }, 'spy@evil.example'],
    ['that it begins a conversation', {}, 'It begins a new conversation.'],
    [
      'which message it answers',
      { threadId: 't1', inReplyTo: '<1@example.com>' },
      'It goes into a conversation of this mailbox. It answers <bdi>&lt;1@example.com&gt;</bdi>.',
    ],
    ['its language', { language: 'ar' }, 'It says to be written in <bdi>ar</bdi>.'],
    [
      'further headers',
      { headers: [{ name: 'Disposition-Notification-To', value: 'spy@evil.example' }] },
      '<li><bdi>Disposition-Notification-To: spy@evil.example</bdi></li>',
    ],
    [
      'HTML that differs, opened',
      { html: '<p>At <b>one</b>.</p>' },
      '<details open> <summary><mark>The formatted version (HTML), which most recipients see, differs:',
    ],
    ['HTML that says the same', { html: '<p>At <b>noon</b>.</p>' }, '(HTML) says the same'],
    [
      'a link behind words that say the same',
      { html: '<p><a href="https://evil.example/pay">At noon</a>.</p>' },
      'that the text does not name:</mark></p> <ul> <li><bdi>https://evil.example/pay</bdi></li>',
    ],
    [
      'a link that the text names otherwise than it leads',
      {
        text: 'See https://bank.example',
        html: 'See <a href="https://evil.example">https://bank.example</a>',
      },
      '<li><bdi>https://evil.example</bdi></li>',
    ],
    [
      'HTML of which more is there than is read',
      { html: `<p>At noon.</p>${'<!-- -->'.repeat(130_000)}<p>And pay.</p>` },
      'It is longer than what is shown here.',
    ],
  ])('shows %s', (_what, changes, expected) => {
    expect(shown(changes)).toContain(expected);
  });

  it('names no link that the text names as well', () => {
    const html = 'See <a href="https://bank.example/">https://bank.example</a>';
    expect(shown({ text: 'See https://bank.example', html })).not.toContain('does not name');
  });
});
