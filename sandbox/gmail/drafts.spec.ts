import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { SandboxControl, startSandbox } from '../index.js';
import type { Sandbox } from '../index.js';
import { OAuthClient, registered } from '../testing/oauth-client.js';
import { AccountClient, type GmailReference, rawMail } from './account-client.fixture.js';

const alex = 'alex@sandbox.test';

interface Draft {
  id: string;
  message: GmailReference & { raw?: string; payload?: { headers: { name: string; value: string }[] } };
}
interface DraftList {
  drafts?: Draft[];
  nextPageToken?: string;
}

describe('drafts of the Gmail API', () => {
  let sandbox: Sandbox;
  let control: SandboxControl;
  let client: OAuthClient;
  let me: AccountClient;

  beforeAll(async () => {
    sandbox = await startSandbox({ port: 0, stateDir: null, clients: [registered] });
    control = new SandboxControl(sandbox.controlUrl);
    client = new OAuthClient(sandbox);
    me = await AccountClient.connect(client, 'demo@sandbox.test', 'modify');
  });
  afterAll(() => sandbox.close());

  const create = (subject: string, ...more: string[]): Promise<Draft> =>
    me.ask('POST', 'drafts', {
      message: { raw: rawMail(`To: ${alex}`, `Subject: ${subject}`, ...more, '', `About ${subject}`) },
    });
  const idsOf = ({ drafts = [] }: DraftList): string[] => drafts.map(({ id }) => id);

  it('are found by the searches that people type for them', async () => {
    const { message } = await create('Quinces');
    await me.ask('POST', `messages/${message.id}/modify`, { addLabelIds: ['Label_1'] });
    for (const query of [
      'in:drafts quinces',
      'in:draft quinces',
      'is:draft quinces',
      'label:"Travel plans" quinces',
      '{quinces medlars} in:drafts',
      'medlars OR quinces',
    ])
      expect([query, (await me.search(query)).map(({ id }) => id)]).toEqual([query, [message.id]]);
  });

  it('are listed newest first, in pages, and by a search', async () => {
    const first = await create('Plums one');
    const second = await create('Plums two');
    expect(idsOf(await me.get('drafts?q=plums'))).toEqual([second.id, first.id]);
    const page = await me.get<DraftList>('drafts?q=plums&maxResults=1');
    expect(page.drafts).toEqual([
      { id: second.id, message: { id: second.message.id, threadId: second.message.threadId } },
    ]);
    const rest = await me.get<DraftList>(`drafts?q=plums&maxResults=1&pageToken=${page.nextPageToken}`);
    expect([idsOf(rest), rest.nextPageToken]).toEqual([[first.id], undefined]);
    expect(await me.get('drafts?q=nothing-like-it')).toEqual({ resultSizeEstimate: 0 });
  });

  it('are read in the formats of messages, the raw one byte for byte', async () => {
    const lines = [
      `To: ${alex}`,
      'Subject: =?utf-8?q?Gr=C3=BC=C3=9Fe?=',
      'Message-ID: <d@x.example>',
      '',
      'Hello',
    ];
    const { id } = await me.ask<Draft>('POST', 'drafts', { message: { raw: rawMail(...lines) } });
    const { message: full } = await me.get<Draft>(`drafts/${id}`);
    expect(full.payload?.headers).toContainEqual({ name: 'Subject', value: 'Grüße' });
    const { message: raw } = await me.get<Draft>(`drafts/${id}?format=raw`);
    expect(Buffer.from(raw.raw ?? '', 'base64url').toString()).toBe(lines.join('\r\n'));
    expect((await me.get<Draft>(`drafts/${id}?format=minimal`)).message).not.toHaveProperty('payload');
    expect(await me.refusal('GET', `drafts/${id}?format=short`)).toMatchObject({ code: 400 });
  });

  it('keep their id over an update, and their thread, and get another message', async () => {
    const draft = await create('Sloes');
    const since = await me.historyId();
    const message = { raw: rawMail(`To: ${alex}`, 'Subject: Damsons', '', 'Better') };
    const updated = await me.ask<Draft>('PUT', `drafts/${draft.id}`, { message });
    expect(updated).toMatchObject({
      id: draft.id,
      message: { threadId: draft.message.threadId, labelIds: ['DRAFT'] },
    });
    expect(updated.message.id).not.toBe(draft.message.id);
    expect(await me.refusal('GET', `messages/${draft.message.id}`)).toMatchObject({ code: 404 });
    expect(await me.changesSince(since)).toEqual([
      `messagesAdded ${updated.message.id}`,
      `messagesDeleted ${draft.message.id}`,
    ]);
    expect(idsOf(await me.get('drafts?q=sloes'))).toEqual([]);
    expect(idsOf(await me.get('drafts?q=damsons'))).toEqual([draft.id]);
  });

  it('are deleted for good, not into the trash', async () => {
    const { id, message } = await create('Bullaces');
    await me.perform('DELETE', `drafts/${id}`);
    expect(await me.search('in:anywhere bullaces')).toEqual([]);
    expect(await me.refusal('GET', `drafts/${id}`)).toMatchObject({ code: 404, status: 'NOT_FOUND' });
    expect(await me.refusal('GET', `messages/${message.id}`)).toMatchObject({ code: 404 });
  });

  it('are gone once sent: the sent mail has another id, and stays in the thread', async () => {
    const { id, message } = await create('Medlars', 'Message-ID: <ours@evergrant.example>');
    await control.clearLedger();
    const sent = await me.ask<GmailReference>('POST', 'drafts/send', { id });
    expect(sent).toMatchObject({ threadId: message.threadId, labelIds: ['SENT'] });
    expect(sent.id).not.toBe(message.id);
    expect(await me.refusal('GET', `drafts/${id}`)).toMatchObject({ code: 404 });
    expect(await me.refusal('POST', 'drafts/send', { id })).toMatchObject({ code: 404 });
    const [mail, ...others] = await control.outbox();
    expect(others).toEqual([]);
    expect(mail).toMatchObject({
      ...{ account: 'demo@sandbox.test', method: 'drafts.send', id: sent.id, threadId: sent.threadId },
      ...{ givenMessageId: '<ours@evergrant.example>', recipients: [alex], subject: 'Medlars' },
    });
    expect(mail?.messageId).not.toBe('<ours@evergrant.example>');
    expect((await control.sentMime(mail!.sequence)).toString()).toContain(
      'Message-ID: <ours@evergrant.example>',
    );
  });

  it('are sent with the message that comes along, in place of their own', async () => {
    const { id } = await create('Old');
    const message = { raw: rawMail(`To: ${alex}`, 'Subject: Whortleberries', '', 'x') };
    const sent = await me.ask<GmailReference>('POST', 'drafts/send', { id, message });
    expect((await me.search('in:sent whortleberries')).map((found) => found.id)).toEqual([sent.id]);
    expect(idsOf(await me.get('drafts?q=old'))).toEqual([]);
  });

  it('stay when they cannot be sent', async () => {
    const { id } = await me.ask<Draft>('POST', 'drafts', {
      message: { raw: rawMail('Subject: Haws', '', 'x') },
    });
    expect(await me.refusal('POST', 'drafts/send', { id })).toMatchObject({
      code: 400,
      message: 'Recipient address required',
    });
    expect(await me.refusal('POST', 'drafts/send', {})).toMatchObject({ code: 400 });
    expect(idsOf(await me.get('drafts?q=haws'))).toEqual([id]);
  });

  it.each([
    ['PUT', 'drafts/r1'],
    ['DELETE', 'drafts/r1'],
    ['GET', 'drafts/r1'],
    ['POST', 'drafts/send'],
  ])('that do not exist are answered with 404: %s %s', async (verb, path) => {
    const body = { id: 'r1', message: { raw: rawMail('Subject: x', '', 'x') } };
    expect(await me.refusal(verb, path, ['PUT', 'POST'].includes(verb) ? body : undefined)).toMatchObject({
      code: 404,
    });
  });

  it('are read under gmail.readonly and not changed, and gmail.send does not send them', async () => {
    const { id } = await create('Rosehips');
    const reader = await AccountClient.connect(client, 'demo@sandbox.test', 'readonly');
    const sender = await AccountClient.connect(client, 'demo@sandbox.test', 'send');
    expect((await reader.send('GET', `drafts/${id}`)).status).toBe(200);
    expect((await reader.send('DELETE', `drafts/${id}`)).status).toBe(403);
    expect((await sender.send('POST', 'drafts/send', { id })).status).toBe(403);
    expect((await sender.send('GET', 'drafts')).status).toBe(403);
  });
});
