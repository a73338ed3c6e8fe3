import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { callTool, type ToolAnswer } from '../scopes/mcp-agent.js';
import { type Backend, emulated, sandbox } from './backends.js';
import { account, figures, type PutIn, putIn, ticket } from './seeded-mail.js';

const nightly = putIn.filter(({ from }) => from.startsWith('Backup')).toReversed();
const offsite = putIn.filter(({ subject }) => subject.endsWith('Offsite in autumn?'));
const [welcome, reply, sent] = offsite as [PutIn, PutIn, PutIn];

function mailOf(subject: RegExp): PutIn {
  return putIn.find((mail) => subject.test(mail.subject))!;
}
const [journey, bicycle, books, table, prize] = [/ticket/, /Fahrrad/, /Five books/, /Figures/, /won/].map(
  mailOf,
) as [PutIn, PutIn, PutIn, PutIn, PutIn];

/** 5 July 2026 0:00 in UTC: a moment in seconds means the same everywhere. */
const fifthOfJuly = Date.parse('2026-07-05T00:00:00Z') / 1000;

describe.each<[string, () => Promise<Backend>]>([
  ['emulate, which is none of ours', emulated],
  ['our own sandbox', sandbox],
])('before %s, an agent', (_name, start) => {
  let backend: Backend;
  beforeAll(async () => void (backend = await start()));
  afterAll(() => backend.stop());

  async function call(name: string, input: object = {}): Promise<ToolAnswer> {
    const answer = await callTool(backend.instance, name, input);
    if (answer.isError) throw new Error(`${name}: ${answer.text}`);
    return answer;
  }

  /** The mails whose ids stand in an answer, in its order. */
  function mailsIn({ structured }: ToolAnswer): string[] {
    const ids = [...JSON.stringify(structured).matchAll(/"id":"([^"]+)"/g)].map(([, id]) => id);
    return ids
      .flatMap((id) => putIn.filter((mail) => backend.idOf(mail) === id))
      .map(({ subject }) => subject);
  }

  it.each<[string, readonly PutIn[]]>([
    ['from:priya@crew.example', [welcome]],
    ['from:tom', [reply]],
    ['to:priya@crew.example', [sent]],
    ['subject:figures', [table]],
    ['subject:offsite in:inbox', [reply, welcome]],
    ['in:sent', [sent]],
    ['is:starred', [bicycle]],
    ['is:unread from:crew.example', [welcome]],
    ['is:read subject:offsite', [sent, reply]],
    ['label:starred', [bicycle]],
    ['has:attachment', [table, journey]],
    ['"room under the roof"', [sent]],
    ['lighthouse', [books]],
    ['reifen', [bicycle]],
    [`after:${fifthOfJuly} in:inbox subject:figures`, [table]],
    [`before:${fifthOfJuly} from:crew.example in:inbox`, [reply, welcome]],
    ['in:spam', [prize]],
    ['claim', []],
    ['nosuchword', []],
  ])('finds by %s what was put in', async (query, found) => {
    expect(mailsIn(await call('search_messages', { query, maxResults: 20 }))).toEqual(
      found.map(({ subject }) => subject),
    );
  });

  it('finds what was put in page by page, each once', async () => {
    const found: string[] = [];
    let pageToken: string | undefined;
    do {
      const page = await call('search_messages', {
        query: 'from:backup',
        maxResults: 10,
        ...(pageToken && { pageToken }),
      });
      found.push(...mailsIn(page));
      pageToken = page.structured.nextPageToken as string | undefined;
    } while (pageToken !== undefined);
    expect(found).toEqual(nightly.map(({ subject }) => subject));
  });

  it('finds a conversation by one message of it', async () => {
    const { text } = await call('search_threads', { query: 'from:priya@crew.example' });
    expect(text).toContain(backend.threadIdOf(welcome));
    for (const mail of offsite) expect(text).toContain(backend.idOf(mail));
    expect(text).toContain('Offsite in autumn?');
  });

  it.each(putIn.slice(0, 9).map((mail): [string, PutIn] => [mail.subject, mail]))(
    'reads "%s"',
    async (_, mail) => {
      const { text } = await call('get_message', { messageId: backend.idOf(mail) });
      const address = /[\w.]+@[\w.]+/.exec(mail.from.replace('ada@emulated', backend.instance.id))?.[0];
      expect(text).toContain(mail.subject);
      if (mail !== sent) expect(text).toContain(address);
      expect(text).toContain(mail.date.slice(0, 16));
      for (const sentence of mail.says) expect(text).toContain(sentence);
      for (const { filename } of mail.attachments ?? []) expect(text).toContain(filename);
      expect(text).not.toContain('unsichtbar');
      expect(text).not.toContain('=?');
    },
  );

  it('reads all of them in batches', async () => {
    const { text, structured } = await call('get_messages', {
      messageIds: nightly.map((mail) => backend.idOf(mail)),
    });
    for (const mail of nightly) expect(text).toContain(mail.says[0]);
    expect(JSON.stringify(structured)).not.toContain('not_read');
  });

  it('reads a conversation, newest first', async () => {
    const { text } = await call('get_thread', { threadId: backend.threadIdOf(welcome) });
    const places = [sent, reply, welcome].map(({ says: [sentence = ''] }) => text.indexOf(sentence));
    expect(places.every((place) => place > 0)).toBe(true);
    expect(places).toEqual(places.toSorted((one, other) => one - other));
  });

  it.each([
    [journey, ticket],
    [table, figures],
  ])('gets the file of $subject', async (mail, { filename, content }) => {
    const read = await call('get_message', { messageId: backend.idOf(mail) });
    expect(read.text).toContain(filename);
    const [{ partId }] = read.structured.attachments as [{ partId: string }];
    const { structured } = await call('get_attachment', { messageId: backend.idOf(mail), partId });
    expect(structured).toMatchObject({ filename, sizeBytes: content.length });
    const download = await fetch(structured.url as string);
    expect(Buffer.from(await download.arrayBuffer())).toEqual(content);
  });

  it('lists the labels', async () => {
    const { text } = await call('list_labels');
    for (const label of ['Travel plans', 'INBOX', 'UNREAD', 'CATEGORY_UPDATES'])
      expect(text).toContain(label);
  });

  it('is told that there is no such message or thread', async () => {
    for (const [tool, input] of [
      ['get_message', { messageId: 'ffffffffffffffff' }],
      ['get_thread', { threadId: 'ffffffffffffffff' }],
    ] as const)
      expect((await callTool(backend.instance, tool, input)).error).toMatchObject({ errorCode: 'NOT_FOUND' });
  });

  it('hears what is new since a cursor', async () => {
    const cursor = await backend.cursor();
    const news = { ...welcome, id: '', messageId: '<news@crew.example>', subject: 'News', text: 'New' };
    const id = await backend.deliver(news);
    const messageId = backend.idOf(table);
    await call('modify_message_labels', { messageId, addLabelIds: ['STARRED'], removeLabelIds: ['INBOX'] });

    const { structured } = await call('list_changes', { cursor });
    expect(structured).toMatchObject({
      status: 'changes',
      newMessages: [{ id, subject: 'News' }],
      labelChanges: [{ messageId, added: ['STARRED'], removed: ['INBOX'] }],
      hasMore: false,
    });
    const later = await call('list_changes', { cursor: structured.cursor });
    expect(later.structured).toMatchObject({ status: 'changes', newMessages: [], labelChanges: [] });
  });

  it('goes on when the access token is renewed', async () => {
    const { app, instance } = backend;
    const { status, body } = await app.api('POST', `/api/instances/${instance.id}/refresh`);
    expect({ status, body }).toMatchObject({ status: 200, body: { stale: false } });
    expect(mailsIn(await call('search_messages', { query: 'subject:ticket' }))).toEqual([journey.subject]);
  });
});

it('a Gmail without users.getProfile, as emulate is, asks no person to sign in', async () => {
  const backend = await emulated();
  const { app, instance } = backend;
  const { error } = await callTool(instance, 'get_profile');
  const status = await callTool(instance, 'get_connection_status');
  await backend.stop();
  expect(error).toMatchObject({ errorCode: 'SERVICE_UNAVAILABLE', requiresReauth: false });
  expect(status.structured).toMatchObject({ requiresReauth: false, email: account });
  expect(app.log.join('\n')).not.toContain('google_refresh_');
});
