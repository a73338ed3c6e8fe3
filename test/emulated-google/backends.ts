import { changesCursor } from '../../src/gmail-mcp/tools/changes/changes-cursor.js';
import { callTool } from '../scopes/mcp-agent.js';
import type { MailPart } from '../../sandbox/mail/mail.js';
import { newMailbox } from '../harness/mailboxes.js';
import { type CreatedInstance, TestApp } from '../harness/test-app.js';
import { consentAt } from '../independent-provider/consenting-browser.js';
import { EmulatedGoogle } from './emulated-google.js';
import { account, type PutIn, putIn, rawMail, seedMessages, travelLabel } from './seeded-mail.js';

/** The whole application before a Google that holds all of `putIn`. */
export interface Backend {
  app: TestApp;
  instance: CreatedInstance;
  /** The id that Gmail gave a mail that was put in. */
  idOf(mail: Pick<PutIn, 'id'>): string;
  threadIdOf(mail: Pick<PutIn, 'id'>): string;
  /** Puts in one more. @returns its id */
  deliver(mail: PutIn): Promise<string>;
  /** From which on `list_changes` tells what is new. */
  cursor(): Promise<string>;
  stop(): Promise<void>;
}

const modify = 'https://www.googleapis.com/auth/gmail.modify';

/** Vercel's emulate. */
export async function emulated({
  toolsets = ['core'],
  furtherScopes = [],
}: { toolsets?: readonly string[]; furtherScopes?: readonly string[] } = {}): Promise<
  Backend & { google: EmulatedGoogle }
> {
  const google = await EmulatedGoogle.start({
    users: [{ email: account, name: 'Ada Lovelace' }],
    labels: [{ ...travelLabel, user_email: account }],
    messages: await seedMessages(),
  });
  const app = await TestApp.start(google.variables);
  const instance = await app.createInstance({ scopes: [modify, ...furtherScopes], toolsets });
  await consentAt(await app.connectUrl(instance.id), { email: account });
  return {
    ...{ app, instance, google },
    idOf: ({ id }) => id,
    threadIdOf: ({ id }) => putIn.find((mail) => mail.id === id)!.threadId,
    deliver: async (mail) => {
      const body = { raw: await rawMail(mail), labelIds: mail.labelIds };
      return (await google.gmail<{ id: string }>('POST', 'messages/import', body)).id;
    },
    cursor: async () => {
      // emulate has no users.getProfile, which tells where a mailbox is.
      const { messages } = await google.gmail<{ messages: { id: string }[] }>('GET', 'messages');
      const read = messages.map(({ id }) => google.gmail<{ historyId: string }>('GET', `messages/${id}`));
      const ids = (await Promise.all(read)).map(({ historyId }) => BigInt(historyId));
      const historyId = String(ids.reduce((newest, id) => (id > newest ? id : newest)));
      return changesCursor(instance.id, { historyId, atSeconds: 0 });
    },
    stop: async () => {
      await app.stop();
      await google.stop();
    },
  };
}

/** Our own sandbox. */
export async function sandbox(): Promise<Backend> {
  const app = await TestApp.start();
  const mailbox = await newMailbox(app, { scopes: [modify] });
  const given = new Map<string, { id: string; threadId: string }>();
  const deliver = async (mail: PutIn) =>
    app.google.deliver(mailbox.account, mailInput(mail, mailbox.account));
  for (const mail of putIn) given.set(mail.id, await deliver(mail));
  return {
    ...{ app, instance: mailbox },
    idOf: ({ id }) => given.get(id)!.id,
    threadIdOf: ({ id }) => given.get(id)!.threadId,
    deliver: async (mail) => (await deliver(mail)).id,
    cursor: async () => (await callTool(mailbox, 'list_changes')).structured.cursor as string,
    stop: () => app.stop(),
  };
}

function mailInput({ id: _id, threadId: _threadId, says: _says, ...mail }: PutIn, to: string) {
  const { text, html, attachments = [], labelIds, ...head } = mail;
  const texts: MailPart[] = [
    ...(text === undefined ? [] : [textPart('text/plain', text)]),
    ...(html === undefined ? [] : [textPart('text/html', html)]),
  ];
  const readable: MailPart =
    texts.length === 1 ? texts[0]! : { contentType: 'multipart/alternative', parts: texts };
  const files = attachments.map(({ filename, content }): MailPart => {
    const contentType = filename.endsWith('.pdf') ? 'application/pdf' : 'application/octet-stream';
    return { contentType, fileName: filename, contentBase64: content.toString('base64') };
  });
  const body: MailPart =
    files.length === 0 ? readable : { contentType: 'multipart/mixed', parts: [readable, ...files] };
  return {
    ...{ ...head, to: head.to ?? to, from: head.from.replace(account, to), body },
    labelIds: labelIds.map((label) => (label === travelLabel.id ? 'Label_1' : label)),
  };
}

function textPart(contentType: 'text/plain' | 'text/html', text: string): MailPart {
  return { contentType, charset: 'utf-8', text };
}
