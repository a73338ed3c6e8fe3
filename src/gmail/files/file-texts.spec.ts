import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { defaultGmailLimits, GmailOptions } from '../client/gmail-options.js';
import type { GmailMessage } from '../client/answers.js';
import type { Mailbox } from '../client/mailbox.js';
import type { MessageReader } from '../reading/message-reader.js';
import { DocumentReader } from './document-reader.js';
import type { FileMetrics } from './file-metrics.js';
import { FileTexts } from './file-texts.js';

let documents: DocumentReader;
beforeEach(() => {
  documents = new DocumentReader(new GmailOptions('http://127.0.0.1:1', defaultGmailLimits));
});
afterEach(() => documents.onApplicationShutdown());

function newMessage(): GmailMessage {
  return {
    ...{ id: 'm', threadId: 't', labelIds: [] },
    payload: {
      ...{ partId: '', mimeType: 'multipart/mixed', filename: '', headers: [], body: { size: 0 } },
      parts: [
        {
          ...{ partId: '0', mimeType: 'application/pdf', filename: 'a.pdf', headers: [] },
          body: { size: 5, attachmentId: 'a' },
          parts: [],
        },
      ],
    },
  } as unknown as GmailMessage;
}

/** The files of a mailbox whose quota is there when `units` resolves; what is under the PDF's name is a text. */
function filesOf(owner: string, lane: string, units: Promise<void>): FileTexts {
  const mailbox = {
    awaitDownload: () => units,
    downloadAttachment: async (_m: string, _a: string, consume: (bytes: unknown) => Promise<void>) => {
      await units;
      await consume([Buffer.from('hello')]);
    },
  } as unknown as Mailbox;
  const reader = { read: async () => ({ body: { text: 'hello', links: [] } }) } as unknown as MessageReader;
  const metrics = { ended: () => undefined } as unknown as FileMetrics;
  return new FileTexts(mailbox, reader, documents, metrics, { lane: { owner, lane }, signal: undefined });
}

describe('a document', () => {
  it('is read while as many as may be read at once wait for the quota of their mailboxes', async () => {
    let come: () => void = () => undefined;
    const quota = new Promise<void>((resolve) => (come = resolve));
    const waiting = ['a', 'b', 'c', 'd', 'e', 'f'].map((lane) =>
      filesOf(lane < 'd' ? 'one' : 'two', lane, quota).read(newMessage(), '0'),
    );
    const there = filesOf('one', 'there', Promise.resolve()).read(newMessage(), '0');
    const first = await Promise.race([
      there,
      new Promise((resolve) => setTimeout(resolve, 2_000, 'kept waiting')),
    ]);
    come();
    await Promise.all(waiting);

    expect(first).toEqual({ text: 'hello', links: [] });
  });
});
