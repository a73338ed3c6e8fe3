import type { GmailMessage, MessagePart } from '../client/answers.js';
import { textParts } from '../client/message-parts.js';
import { TaskEnded } from '../threads/task-ended.js';
import type { WorkerThreads } from '../threads/worker-threads.js';
import { type BodyText, bodyText, bodyWithoutHtml } from './body-text.js';
import { type MessageHead, readHead } from './message-head.js';

/** A message as a person reads it. */
export interface ReadableMessage extends MessageHead {
  body: BodyText;
}

/** Of all text parts together, in base64: as long as this, HTML takes some ten milliseconds. */
const longTextChars = 64_000;

/** Reads messages for one call, long ones in a thread. */
export class MessageReader {
  constructor(
    private readonly threads: WorkerThreads,
    private readonly signal?: AbortSignal,
  ) {}

  /**
   * Reads a message in format `full`. HTML that takes too long is left out, and the text says so.
   * @throws the signal's reason when the caller aborts
   */
  async read(message: GmailMessage): Promise<ReadableMessage> {
    return { ...readHead(message), body: await this.readBody(message.payload) };
  }

  private async readBody(payload: MessagePart | undefined): Promise<BodyText> {
    if (!isLong(payload)) return bodyText(payload);
    try {
      return await this.threads.run('readBody', payload, { signal: this.signal });
    } catch (failure) {
      if (failure instanceof TaskEnded) return bodyWithoutHtml(payload);
      throw failure;
    }
  }
}

function isLong(payload: MessagePart | undefined): boolean {
  const chars = textParts(payload).map(({ body }) => body.data?.length ?? 0);
  return chars.reduce((sum, each) => sum + each, 0) > longTextChars;
}
