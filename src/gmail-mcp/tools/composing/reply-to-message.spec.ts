import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import PostalMime, { type Email } from 'postal-mime';
import { gmailScopes } from '../../../gmail/index.js';
import { McpEndpoint } from '../../endpoint/mcp-endpoint.fixture.js';

let endpoint: McpEndpoint;
/** So that no call is taken for an earlier one. */
let calls = 0;
beforeAll(async () => {
  endpoint = await McpEndpoint.start();
});
beforeEach(() => {
  endpoint.broker.grant = {
    ...endpoint.broker.grant,
    scopes: [gmailScopes.modify, gmailScopes.settingsBasic],
  };
  endpoint.gmail.written.length = 0;
  endpoint.gmail.requests.length = 0;
  endpoint.gmail.sendAs = [
    {
      sendAsEmail: 'ada@example.com',
      isPrimary: true,
      displayName: 'Ada',
      signature: '<b>Ada</b> of Example',
    },
    {
      sendAsEmail: 'desk@example.com',
      displayName: 'Desk',
      replyToAddress: 'all@example.com',
      verificationStatus: 'accepted',
    },
    { sendAsEmail: 'later@example.com', verificationStatus: 'pending' },
  ];
  endpoint.gmail.messages.set('m1', {
    subject: 'Lunch?',
    text: 'At noon?\n\n> When?',
    headers: {
      ...{ 'Message-ID': '<q2@example.com>', References: '<q1@example.com>' },
      ...{ To: 'ada@example.com, Cyn <cyn@example.com>', Cc: 'dan@example.com, Desk@example.com' },
    },
  });
});
afterAll(() => endpoint.stop());

async function reply(input: object = {}): Promise<Email> {
  const result = await endpoint.callTool('reply_to_message', {
    ...{ messageId: 'm1', body: 'Yes.', idempotencyKey: `k${(calls += 1)}` },
    ...input,
  });
  expect(result.isError === true ? result.content : null).toBeNull();
  return PostalMime.parse(endpoint.gmail.written[0]?.mime ?? '');
}

async function refusal(input: object): Promise<unknown> {
  const result = await endpoint.callTool('reply_to_message', {
    ...{ messageId: 'm1', body: 'Yes.', idempotencyKey: `k${(calls += 1)}` },
    ...input,
  });
  expect(result.isError).toBe(true);
  return JSON.parse(result.content[1]?.text ?? '');
}

function bare(addresses: Email['to']): (string | undefined)[] {
  return (addresses ?? []).map(({ address }) => address);
}

describe('reply_to_message', () => {
  // google_workspace_mcp#294 and #457, GongRzhe#66: replies that open threads of their own.
  it('puts the reply into the thread by all three that Gmail wants', async () => {
    const email = await reply();

    expect(endpoint.gmail.written).toMatchObject([{ kind: 'sent', threadId: 't-m1' }]);
    expect(email).toMatchObject({
      subject: 'Re: Lunch?',
      inReplyTo: '<q2@example.com>',
      references: '<q1@example.com> <q2@example.com>',
      to: [{ name: 'Bea', address: 'bea@example.com' }],
    });
    expect(email.cc).toBeUndefined();
  });

  it('quotes what it answers, as text and as HTML', async () => {
    const { text, html } = await reply();

    expect(text?.trimEnd()).toBe(
      [
        'Yes.',
        '',
        'On Sat, Aug 1, 2026 at 12:00 PM UTC, Bea <bea@example.com> wrote:',
        ...['', '> At noon?', '>', '>> When?'],
      ].join('\n'),
    );
    expect(html).toContain('<div dir="auto">Yes.</div><br><div class="gmail_quote gmail_quote_container">');
    expect(html).toMatch(
      /Bea &lt;bea@example.com&gt; wrote:<br><\/div><blockquote class="gmail_quote"[^>]*>/,
    );
    expect(html).toContain('<div dir="auto">At noon?</div>');
  });

  it('quotes HTML without what runs, loads or hides in it', async () => {
    endpoint.gmail.messages.set('m1', {
      subject: 'Lunch?',
      mimeType: 'text/html',
      text: '<p>At <b>noon</b>?</p><script>a()</script><img src="https://t.example/p.gif"><p hidden>Forward all</p>',
    });
    const { text, html } = await reply();

    expect(html).toContain('<p>At <b>noon</b>?</p>');
    expect(html).not.toMatch(/script|t\.example|Forward all/);
    expect(text).toContain('> At noon?');
    expect(text).not.toContain('Forward all');
  });

  it('quotes nothing where that is not wanted, or mail may not be read', async () => {
    expect((await reply({ quote: false })).text?.trimEnd()).toBe('Yes.');
    endpoint.gmail.written.length = 0;
    endpoint.broker.grant = { ...endpoint.broker.grant, scopes: [gmailScopes.send, gmailScopes.metadata] };
    expect((await reply()).text?.trimEnd()).toBe('Yes.');
  });

  it('goes to all others, each once and none of them the mailbox', async () => {
    const email = await reply({
      replyAll: true,
      cc: ['eve@example.com', 'CYN@example.com'],
      bcc: ['bea@example.com'],
    });

    expect(bare(email.to)).toEqual(['bea@example.com', 'cyn@example.com']);
    expect(bare(email.cc)).toEqual(['dan@example.com', 'eve@example.com']);
    expect(email.bcc).toBeUndefined();
  });

  it('knows the account alone where the settings may not be read', async () => {
    endpoint.broker.grant = { ...endpoint.broker.grant, scopes: [gmailScopes.send, gmailScopes.metadata] };
    const email = await reply({ replyAll: true, quote: false });

    expect(bare(email.cc)).toEqual(['dan@example.com', 'Desk@example.com']);
  });

  it('to what the mailbox has sent goes to those it went to', async () => {
    endpoint.gmail.messages.set('m1', {
      ...{ subject: 'Lunch?', text: 'At noon?', labelIds: ['SENT'] },
      headers: { From: 'ada@example.com', To: 'bea@example.com' },
    });
    expect(bare((await reply()).to)).toEqual(['bea@example.com']);
  });

  it('is from a send-as address, with its name and where it wants replies', async () => {
    const email = await reply({ from: 'DESK@example.com' });

    expect(email.from).toEqual({ name: 'Desk', address: 'desk@example.com' });
    expect(bare(email.replyTo)).toEqual(['all@example.com']);
  });

  it.each(['eve@example.com', 'later@example.com', 'ada@example.com\r\nBcc: eve@example.com'])(
    'refuses to be from %j, and names the addresses there are',
    async (from) => {
      expect(await refusal({ from })).toMatchObject({
        ...{ errorCode: 'VALIDATION_FAILED', field: 'from' },
        error: expect.stringContaining('ada@example.com, desk@example.com'),
      });
      expect(endpoint.gmail.written).toEqual([]);
    },
  );

  it('is signed where that is wished', async () => {
    const { text, html } = await reply({ signature: true, quote: false });

    expect(text?.trimEnd()).toBe('Yes.\n\n-- \nAda of Example');
    expect(html).toContain('class="gmail_signature"><b>Ada</b> of Example</div>');
  });

  it('says in which language it is', async () => {
    const { headers } = await reply({ language: 'he' });
    expect(headers).toContainEqual(expect.objectContaining({ key: 'content-language', value: 'he' }));
    expect(await refusal({ language: 'he\r\nBcc: x@y.example' })).toMatchObject({ field: 'language' });
  });

  // pulsemcp#388: UTF-8 subjects garbled.
  it('keeps a subject beyond ASCII', async () => {
    endpoint.gmail.messages.set('m1', { subject: 'Grüße 🌍 שלום', text: 'ü' });
    expect((await reply()).subject).toBe('Re: Grüße 🌍 שלום');
    expect(endpoint.gmail.written[0]?.mime).toMatch(/^Subject: =\?UTF-8\?/m);
  });

  it('names the message that does not exist, and what cannot be answered', async () => {
    expect(await refusal({ messageId: 'unknown' })).toMatchObject({
      errorCode: 'NOT_FOUND',
      field: 'messageId',
    });
    endpoint.gmail.messages.set('m1', { subject: 'a', text: 'b', headers: { From: 'Bea' } });
    expect(await refusal({})).toMatchObject({ errorCode: 'VALIDATION_FAILED', field: 'to' });
  });

  it('goes to 500 at most, though the message went to more', async () => {
    const To = Array.from({ length: 500 }, (_, index) => `p${index}@example.com`).join(', ');
    endpoint.gmail.messages.set('m1', { subject: 'a', text: 'b', headers: { To } });
    expect(await refusal({ replyAll: true })).toMatchObject({
      errorCode: 'VALIDATION_FAILED',
      field: 'replyAll',
    });
    expect(endpoint.gmail.written).toEqual([]);
  });
});
