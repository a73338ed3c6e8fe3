import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import PostalMime from 'postal-mime';
import { gmailScopes } from '../../../gmail/index.js';
import { McpEndpoint } from '../../endpoint/mcp-endpoint.fixture.js';

let endpoint: McpEndpoint;

beforeEach(async () => {
  endpoint = await McpEndpoint.start();
  endpoint.broker.grant = { ...endpoint.broker.grant, scopes: [gmailScopes.modify] };
});
afterEach(() => endpoint.stop());

const mail = { to: ['Bea <bea@example.com>'], subject: 'Lunch?', body: 'At noon.' };
async function written() {
  return PostalMime.parse(endpoint.gmail.written[0]?.mime ?? '');
}

async function refusal(tool: string, input: object): Promise<unknown> {
  const result = await endpoint.callTool(tool, { ...mail, ...input });
  expect(result.isError).toBe(true);
  return JSON.parse(result.content[1]?.text ?? '');
}

describe('create_draft', () => {
  it('puts a mail among the drafts and sends nothing', async () => {
    expect((await endpoint.callTool('create_draft', mail)).structuredContent).toEqual({
      draftId: 'r1',
      messageId: 'new',
      threadId: 'new',
    });
    expect(endpoint.gmail.written).toMatchObject([{ kind: 'draft' }]);
  });

  it('needs no recipient yet', async () => {
    expect((await endpoint.callTool('create_draft', { body: 'To whom?' })).isError).toBeUndefined();
  });

  it('is content with compose, and refused with send', async () => {
    endpoint.broker.grant = { ...endpoint.broker.grant, scopes: [gmailScopes.compose] };
    expect((await endpoint.callTool('create_draft', mail)).isError).toBeUndefined();
    endpoint.broker.grant = { ...endpoint.broker.grant, scopes: [gmailScopes.send] };
    expect(await refusal('create_draft', {})).toMatchObject({ errorCode: 'INSUFFICIENT_SCOPE' });
  });
});

describe('send_message', () => {
  it('sends from the account of the instance', async () => {
    const input = { ...mail, cc: ['c@example.com'], bcc: ['b@example.com'], htmlBody: '<p>At noon.</p>' };

    expect((await endpoint.callTool('send_message', input)).structuredContent).toEqual({
      status: 'sent',
      id: 'new',
      threadId: 'new',
      labelIds: ['SENT'],
      recipients: 3,
    });
    expect(await written()).toMatchObject({
      from: { address: 'ada@example.com' },
      to: [{ name: 'Bea', address: 'bea@example.com' }],
      cc: [{ address: 'c@example.com' }],
      bcc: [{ address: 'b@example.com' }],
      subject: 'Lunch?',
      text: expect.stringContaining('At noon.'),
      html: expect.stringContaining('<p>At noon.</p>'),
    });
  });

  it.each(['send', 'compose', 'modify', 'full'] as const)('is content with %s', async (name) => {
    endpoint.broker.grant = { ...endpoint.broker.grant, scopes: [gmailScopes[name]] };

    expect((await endpoint.callTool('send_message', mail)).isError).toBeUndefined();
  });

  it.each([
    ['no recipient', { to: [] }, 'to'],
    ['no address', { to: ['bea@example.com', 'Bea'] }, 'to.1'],
    ['two addresses in one', { cc: ['a@example.com, b@example.com'] }, 'cc.0'],
    ['more than 500 recipients in all', tooMany(), 'to'],
    ['no body', { body: undefined }, 'body'],
    ['a header of the caller’s own', { headers: { 'X-A': 'b' } }, 'headers'],
  ])('refuses %s before Gmail is asked', async (_case, input, field) => {
    expect(await refusal('send_message', input)).toMatchObject({ errorCode: 'VALIDATION_FAILED', field });
    expect(endpoint.gmail.requests).toEqual([]);
  });

  it('tells the operator’s part when the instance does not ask for the scope', async () => {
    endpoint.instance = { ...endpoint.instance, scopes: ['openid', 'email', gmailScopes.readonly] };
    const refused = await refusal('send_message', {});

    expect(refused).toMatchObject({
      errorCode: 'INSUFFICIENT_SCOPE',
      reason: 'not_asked_for',
      requiresReauth: false,
      error: expect.stringMatching(/gmail\.send,.+operator has to add the permission to the scopes/),
    });
    expect(refused).not.toHaveProperty('connectUrl');
    expect(endpoint.issuedLinks).toEqual([]);
    expect(endpoint.broker.asked).toEqual([]);
  });

  it('tells the owner’s part when the scope was asked for and not granted', async () => {
    endpoint.instance = { ...endpoint.instance, scopes: ['openid', 'email', gmailScopes.send] };
    endpoint.broker.grant = { ...endpoint.broker.grant, scopes: [gmailScopes.readonly] };

    expect(await refusal('send_message', {})).toMatchObject({
      error: expect.stringMatching(/gmail\.send, which was not granted/),
      reason: 'not_granted',
      requiresReauth: true,
      connectUrl: endpoint.issuedLinks[0],
    });
  });

  it('looks for the message and says that the outcome is unknown, instead of sending twice', async () => {
    const paths: string[] = [];
    endpoint.gmail.override = (request, response) => {
      paths.push(`${request.method ?? ''} ${new URL(request.url ?? '', 'http://gmail').pathname}`);
      if (request.method === 'POST') response.socket?.destroy();
      else response.writeHead(200).end('{}');
    };

    expect(await refusal('send_message', {})).toMatchObject({
      errorCode: 'UNKNOWN_ERROR',
      reason: 'outcomeUnknown',
      requiresReauth: false,
      error: expect.stringContaining('unknown whether the message was sent'),
    });
    expect(paths.filter((path) => path.startsWith('POST'))).toHaveLength(1);
    expect(paths).toContain('GET /gmail/v1/users/me/messages');
  });
});

describe('a reply', () => {
  beforeEach(() => {
    endpoint.gmail.messages.set('m1', {
      subject: 'Lunch?',
      text: 'At noon?',
      headers: { 'Message-ID': '<q2@example.com>', References: '<q1@example.com>' },
    });
  });

  it.each(['send_message', 'create_draft'])(
    'by %s without recipients goes where a reply goes',
    async (tool) => {
      endpoint.gmail.messages.set('m1', {
        subject: 'Lunch?',
        text: 'At noon?',
        headers: { From: 'Bea <bea@example.com>', 'Reply-To': 'Desk, Help <help@example.com>' },
      });
      await endpoint.callTool(tool, { body: 'Yes.', replyToMessageId: 'm1' });
      expect((await written()).to).toEqual([{ name: 'Desk, Help', address: 'help@example.com' }]);
    },
  );

  it('says to how many it goes, though none was named', async () => {
    const headers = { From: 'Bea <bea@example.com>', 'Reply-To': 'a@example.com, b@example.com' };
    endpoint.gmail.messages.set('m1', { subject: 'Lunch?', text: 'At noon?', headers });
    const { structuredContent } = await endpoint.callTool('send_message', {
      body: 'Yes.',
      replyToMessageId: 'm1',
    });
    expect(structuredContent).toMatchObject({ recipients: 2 });
  });

  it('to a message without an address asks for the recipients', async () => {
    endpoint.gmail.messages.set('m1', { subject: 'Lunch?', text: 'At noon?', headers: { From: 'Bea' } });
    expect(await refusal('create_draft', { to: [], replyToMessageId: 'm1', subject: '' })).toMatchObject({
      errorCode: 'VALIDATION_FAILED',
      field: 'to',
    });
  });

  it('carries the thread, the references and the subject of what it answers', async () => {
    const { subject: _, ...input } = { ...mail, replyToMessageId: 'm1' };
    await endpoint.callTool('send_message', input);

    expect(endpoint.gmail.written[0]?.threadId).toBe('t-m1');
    expect(await written()).toMatchObject({
      subject: 'Re: Lunch?',
      inReplyTo: '<q2@example.com>',
      references: '<q1@example.com> <q2@example.com>',
    });
  });

  it.each(['Lunch?', 'Re: Lunch?', 'RE: Lunch?', ' '])(
    'may repeat the subject, or say nothing (%j)',
    async (subject) => {
      const input = { ...mail, subject, replyToMessageId: 'm1' };

      expect((await endpoint.callTool('create_draft', input)).isError).toBeUndefined();
      expect(await written()).toMatchObject({ subject: 'Re: Lunch?' });
    },
  );

  it('may not change it, which would begin another thread', async () => {
    expect(await refusal('send_message', { subject: 'Dinner?', replyToMessageId: 'm1' })).toMatchObject({
      errorCode: 'VALIDATION_FAILED',
      field: 'subject',
    });
    expect(endpoint.gmail.written).toEqual([]);
  });

  it('names the message that does not exist', async () => {
    expect(await refusal('send_message', { replyToMessageId: 'unknown' })).toMatchObject({
      errorCode: 'NOT_FOUND',
      field: 'replyToMessageId',
    });
  });

  it.each([
    ['not_asked_for', [gmailScopes.send], [gmailScopes.modify]],
    ['not_granted', [gmailScopes.modify], [gmailScopes.send]],
  ])('says which permission it takes to read what is answered: %s', async (reason, asked, granted) => {
    endpoint.instance = { ...endpoint.instance, scopes: asked };
    endpoint.broker.grant = { ...endpoint.broker.grant, scopes: granted };

    expect(await refusal('send_message', { replyToMessageId: 'm1' })).toMatchObject({
      errorCode: 'INSUFFICIENT_SCOPE',
      reason,
      error: expect.stringContaining('gmail.metadata'),
    });
    expect(endpoint.gmail.requests).toEqual([]);
  });
});

function tooMany(): object {
  const addresses = (name: string) =>
    Array.from({ length: 251 }, (_, index) => `${name}${index}@example.com`);
  return { to: addresses('a'), bcc: addresses('b') };
}
