import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { SandboxControl, startSandbox } from '../index.js';
import type { Sandbox } from '../index.js';
import { OAuthClient, registered } from '../testing/oauth-client.js';
import { AccountClient, type GmailReference } from './account-client.fixture.js';

interface Label {
  id: string;
  name: string;
  messagesTotal?: number;
  threadsUnread?: number;
}

const account = 'demo@sandbox.test';
const unknown = '0000000000000000';

describe('filing with the Gmail API', () => {
  let sandbox: Sandbox;
  let control: SandboxControl;
  let client: OAuthClient;
  let me: AccountClient;

  beforeAll(async () => {
    sandbox = await startSandbox({ port: 0, stateDir: null, clients: [registered] });
    control = new SandboxControl(sandbox.controlUrl);
    client = new OAuthClient(sandbox);
    me = await AccountClient.connect(client, account, 'full');
  });
  afterAll(() => sandbox.close());

  const delivered = (subject: string): Promise<{ id: string; threadId: string }> =>
    control.deliver(account, {
      from: 'a@x.example',
      subject,
      body: { contentType: 'text/plain', text: subject },
    });
  const labelsOf = async (id: string): Promise<string[]> =>
    (await me.get<GmailReference>(`messages/${id}?format=minimal`)).labelIds ?? [];

  describe('labels', () => {
    it('are created with an id of their own, put on a message, and tell what they hold', async () => {
      const label = await me.ask<Label>('POST', 'labels', {
        name: 'Work/Reports',
        color: { textColor: '#ffffff', backgroundColor: '#16a766' },
      });
      expect(label).toEqual({
        id: 'Label_2',
        name: 'Work/Reports',
        type: 'user',
        messageListVisibility: 'show',
        labelListVisibility: 'labelShow',
        color: { textColor: '#ffffff', backgroundColor: '#16a766' },
      });
      const { id } = await delivered('Quarter');
      await me.ask('POST', `messages/${id}/modify`, { addLabelIds: [label.id] });
      expect((await me.search('label:work-reports')).map((found) => found.id)).toEqual([id]);
      expect(await me.get(`labels/${label.id}`)).toMatchObject({
        ...{ messagesTotal: 1, messagesUnread: 1, threadsTotal: 1, threadsUnread: 1 },
      });
      const { labels } = await me.get<{ labels: Label[] }>('labels');
      expect(labels.find(({ id: each }) => each === label.id)).toEqual(label);
    });

    it('are patched in part, and replaced as a whole', async () => {
      const { id } = await me.ask<Label>('POST', 'labels', { name: 'Bills', messageListVisibility: 'hide' });
      expect(await me.ask('PATCH', `labels/${id}`, { name: 'Invoices' })).toMatchObject({
        ...{ id, name: 'Invoices', messageListVisibility: 'hide' },
      });
      expect(await me.ask('PUT', `labels/${id}`, { id, name: 'invoices' })).toMatchObject({
        ...{ id, name: 'invoices', messageListVisibility: 'show' },
      });
      expect(await me.refusal('PUT', `labels/${id}`, { messageListVisibility: 'show' })).toMatchObject({
        code: 400,
      });
    });

    it('leave every message when they are deleted, and their id is not given again', async () => {
      const { id } = await me.ask<Label>('POST', 'labels', { name: 'Passing' });
      const one = await delivered('Passing one');
      await me.ask('POST', `messages/${one.id}/modify`, { addLabelIds: [id] });
      const since = await me.historyId();
      await me.perform('DELETE', `labels/${id}`);
      expect(await labelsOf(one.id)).toEqual(['INBOX', 'UNREAD']);
      expect(await me.changesSince(since)).toEqual([`labelsRemoved ${one.id} ${id}`]);
      expect(await me.refusal('GET', `labels/${id}`)).toMatchObject({ code: 404 });
      expect((await me.ask<Label>('POST', 'labels', { name: 'Passing' })).id).not.toBe(id);
    });

    it('have a name that no other has, in whatever case and with hyphens for slashes', async () => {
      await me.ask('POST', 'labels', { name: 'Club/Dues' });
      for (const name of ['club/dues', 'Club/Dues', 'club-dues'])
        expect(await me.refusal('POST', 'labels', { name })).toMatchObject({
          ...{ code: 409, status: 'ABORTED', message: 'Label name exists or conflicts' },
          errors: [{ reason: 'aborted' }],
        });
      expect(await me.refusal('PATCH', 'labels/Label_1', { name: 'Club/Dues' })).toMatchObject({ code: 409 });
    });

    it.each([
      [{ name: '' }, 'Invalid label name'],
      [{}, 'Invalid label name'],
      [{ name: 'Inbox' }, 'Invalid label name'],
      [{ name: 'a//b' }, 'Invalid label name'],
      [{ name: 'x'.repeat(226) }, 'Invalid label name'],
      [
        { name: 'Pink', color: { textColor: '#123456', backgroundColor: '#ffffff' } },
        'Label color #123456 is not on the allowed color palette',
      ],
      [
        { name: 'Half', color: { textColor: '#000000' } },
        'Both the text color and the background color must be set',
      ],
    ])('are not created by %j', async (body, message) => {
      expect(await me.refusal('POST', 'labels', body)).toMatchObject({
        ...{ code: 400, status: 'INVALID_ARGUMENT', message },
      });
    });

    it("that are Gmail's own stay as they are", async () => {
      for (const [verb, body] of [
        ['PATCH', { name: 'Mine' }],
        ['PUT', { name: 'Mine' }],
        ['DELETE'],
      ] as const)
        expect(await me.refusal(verb, 'labels/INBOX', body)).toMatchObject({ code: 400 });
      expect(await me.refusal('DELETE', 'labels/Label_99')).toMatchObject({ code: 404 });
    });

    it('are changed under gmail.labels, and not under gmail.readonly', async () => {
      const owner = await AccountClient.connect(client, account, 'labels');
      const reader = await AccountClient.connect(client, account, 'readonly');
      expect((await owner.send('POST', 'labels', { name: 'By labels' })).status).toBe(200);
      expect((await reader.send('POST', 'labels', { name: 'By reader' })).status).toBe(403);
      expect((await reader.send('GET', 'labels/INBOX')).status).toBe(200);
    });
  });

  describe('many messages', () => {
    it('are changed in one request, which answers nothing and passes over ids that do not exist', async () => {
      const ids = await Promise.all(['b1', 'b2'].map(async (subject) => (await delivered(subject)).id));
      await me.perform('POST', 'messages/batchModify', {
        ids: [...ids, unknown],
        addLabelIds: ['STARRED'],
        removeLabelIds: ['INBOX'],
      });
      for (const id of ids) expect((await labelsOf(id)).toSorted()).toEqual(['STARRED', 'UNREAD']);
    });

    it.each([
      [{ ids: [], addLabelIds: ['STARRED'] }, 'No message ids specified'],
      [
        { ids: Array.from({ length: 1001 }, () => unknown), addLabelIds: ['STARRED'] },
        'Too many message ids specified',
      ],
      [{ ids: [unknown] }, 'No label add or removes specified'],
      [{ ids: [unknown], addLabelIds: ['Label_99'] }, 'labelId not found'],
    ])('are not changed when the request is wrong', async (body, message) => {
      expect(await me.refusal('POST', 'messages/batchModify', body)).toMatchObject({ code: 400, message });
    });

    it('are as many as a thousand', async () => {
      const ids = Array.from({ length: 1000 }, () => unknown);
      await me.perform('POST', 'messages/batchModify', { ids, addLabelIds: ['STARRED'] });
    });

    it('are deleted for good under the full scope only', async () => {
      const { id } = await delivered('Old news');
      const writer = await AccountClient.connect(client, account, 'modify');
      expect((await writer.send('POST', 'messages/batchDelete', { ids: [id] })).status).toBe(403);
      const since = await me.historyId();
      await me.perform('POST', 'messages/batchDelete', { ids: [id, unknown] });
      expect(await me.refusal('GET', `messages/${id}`)).toMatchObject({ code: 404 });
      expect(await me.changesSince(since)).toEqual([`messagesDeleted ${id}`]);
    });
  });

  describe('the trash', () => {
    it('takes a message out of the inbox, and gives it back to the archive', async () => {
      const { id } = await delivered('Leaflet');
      expect(await me.ask('POST', `messages/${id}/trash`)).toMatchObject({
        id,
        labelIds: ['UNREAD', 'TRASH'],
      });
      expect(await me.search('leaflet')).toEqual([]);
      expect(await me.ask('POST', `messages/${id}/untrash`)).toMatchObject({ id, labelIds: ['UNREAD'] });
      expect(await me.refusal('POST', `messages/${unknown}/trash`)).toMatchObject({ code: 404 });
    });

    it('is passed by when a message or a thread is deleted for good', async () => {
      const [one, two] = [await delivered('Gone one'), await delivered('Gone two')];
      const writer = await AccountClient.connect(client, account, 'modify');
      expect((await writer.send('DELETE', `messages/${one.id}`)).status).toBe(403);
      await me.perform('DELETE', `messages/${one.id}`);
      await me.perform('DELETE', `threads/${two.threadId}`);
      expect(await me.search('in:anywhere gone')).toEqual([]);
      expect(await me.refusal('DELETE', `messages/${one.id}`)).toMatchObject({ code: 404 });
      expect(await me.refusal('DELETE', `threads/${two.threadId}`)).toMatchObject({ code: 404 });
    });

    it('takes and gives back whole threads, and a thread is relabelled as a whole', async () => {
      const { threadId, id } = await delivered('Parish');
      const { id: second } = await control.deliver(account, {
        from: 'b@x.example',
        subject: 'Re: Parish',
        inReplyTo: `<${id}@mail.sandbox.test>`,
        body: { contentType: 'text/plain', text: 'Yes' },
      });
      const ids = ({ messages }: { messages: GmailReference[] }) => messages.map((message) => message.id);
      const trashed = await me.ask<{ messages: GmailReference[] }>('POST', `threads/${threadId}/trash`);
      expect(ids(trashed)).toEqual([id, second]);
      expect(await me.search('parish')).toEqual([]);
      await me.ask('POST', `threads/${threadId}/untrash`);
      const change = { addLabelIds: ['STARRED'], removeLabelIds: ['UNREAD'] };
      expect(await me.ask('POST', `threads/${threadId}/modify`, change)).toMatchObject({
        id: threadId,
        messages: [
          { id, labelIds: ['STARRED'] },
          { id: second, labelIds: ['STARRED'] },
        ],
      });
      expect(await me.refusal('POST', `threads/${unknown}/modify`, change)).toMatchObject({ code: 404 });
    });
  });
});
