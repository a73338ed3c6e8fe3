import { setImmediate } from 'node:timers/promises';
import { WorkBudget } from '../tree/work-budget.js';
import type { GmailMessage, MessagePart } from '../client/answers.js';
import { readParts } from '../client/message-parts.js';
import { TaskEnded } from '../threads/task-ended.js';
import type { WorkerThreads } from '../threads/worker-threads.js';
import { type BodyText, bodyText, bodyWithoutHtml } from './body-text.js';
import { writeLinks } from '../links/written-links.js';
import { messageNotes } from '../documents/message-notes.js';
import { leftOutFor } from './left-out.js';
import { type MessageHead, readHead } from './message-head.js';
import { isOwn } from './message-warnings.js';
import type { ReadingMetrics } from './reading-metrics.js';

/** A message as a person reads it. */
export interface ReadableMessage extends MessageHead {
  /** Its links are those of its text, then those of `listUnsubscribe`, which is written as the text is. */
  body: BodyText;
  /** Ours, of the message's form: where another text is, what is encrypted, signed or not unpacked. */
  notes: string[];
}

/** Of all text parts together, in base64: as long as this, text takes some ten milliseconds. */
const longTextChars = 32_000;

/** Reads messages for one call, those that cost much in a thread. */
export class MessageReader {
  constructor(
    private readonly threads: WorkerThreads,
    private readonly metrics: ReadingMetrics,
    private readonly signal?: AbortSignal,
  ) {}

  /**
   * Reads a message in format `full`. What takes too long to judge is left out, and the text says so.
   * @throws the signal's reason when the caller aborts
   */
  async read(message: GmailMessage): Promise<ReadableMessage> {
    const body = await this.readBody(message.payload);
    this.metrics.leftOut(body.leftOut);
    const head = readHead(message);
    const warnings = isOwn(message) ? head.warnings : [...head.warnings, ...body.warnings];
    const unsubscribe = writeLinks(head.listUnsubscribe ?? '', undefined, body.links);
    return {
      ...head,
      warnings,
      listUnsubscribe: head.listUnsubscribe && unsubscribe.text,
      body: { ...body, links: unsubscribe.links },
      notes: notesOf(message.payload, body),
    };
  }

  private async readBody(payload: MessagePart | undefined): Promise<BodyText> {
    if (isLong(payload)) return this.readInThread(payload);
    // A thread's messages are read one after the other: let others come in between.
    await setImmediate();
    this.signal?.throwIfAborted();
    const body = bodyText(payload, WorkBudget.ofEventLoop());
    return body.leftOut.includes('work') ? this.readInThread(payload) : body;
  }

  private async readInThread(payload: MessagePart | undefined): Promise<BodyText> {
    try {
      return await this.threads.run('readBody', payload, { signal: this.signal });
    } catch (failure) {
      if (failure instanceof TaskEnded) return bodyWithoutHtml(payload, leftOutFor(failure));
      throw failure;
    }
  }
}

function notesOf(payload: MessagePart | undefined, { otherTextPartId }: BodyText): string[] {
  const notes = messageNotes(payload);
  if (otherTextPartId === null) return notes;
  const other = `A plain text that mail programs do not show says something else; partId "${otherTextPartId}" reads it`;
  return [...notes, other];
}

function isLong(payload: MessagePart | undefined): boolean {
  const chars = readParts(payload).map(({ body }) => body.data?.length ?? 0);
  return chars.reduce((sum, each) => sum + each, 0) > longTextChars;
}
