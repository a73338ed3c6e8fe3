import { EvergrantError } from '../../errors/index.js';

/** How a batch gets its messages. */
interface BatchSource<Message> {
  message: (id: string) => Promise<Message>;
  thread: (id: string) => Promise<{ messages: readonly Message[] }>;
  /** Fetches what the messages of a thread come without. */
  complete: (message: Message) => Promise<void>;
}

/**
 * Messages that are read together: those of a thread that is cheaper whole are taken from it, and it is asked for when
 * the first of them is wanted.
 */
export class MessageBatch<Message extends { id: string }> {
  private readonly threads = new Map<string, Promise<Map<string, Message>>>();

  /** @param threadOf the thread to take a message from; undefined for those that are read by themselves */
  constructor(
    private readonly source: BatchSource<Message>,
    private readonly threadOf: (id: string) => string | undefined,
  ) {}

  /** @throws EvergrantError as the mailbox does for a message or its thread */
  async read(id: string): Promise<Message> {
    const threadId = this.threadOf(id);
    const message = threadId === undefined ? undefined : (await this.thread(threadId)).get(id);
    // What has left its thread may still be there.
    if (message === undefined) return this.source.message(id);
    await this.source.complete(message);
    return message;
  }

  private thread(id: string): Promise<Map<string, Message>> {
    const known = this.threads.get(id);
    if (known !== undefined) return known;
    const read = this.messagesOf(id);
    this.threads.set(id, read);
    return read;
  }

  /** None where the thread is gone, or too long to be read whole. */
  private async messagesOf(threadId: string): Promise<Map<string, Message>> {
    try {
      const { messages } = await this.source.thread(threadId);
      return new Map(messages.map((message) => [message.id, message]));
    } catch (error) {
      const isItsOwn =
        error instanceof EvergrantError && (error.code === 'NOT_FOUND' || error.reason === 'answerTooLarge');
      if (isItsOwn) return new Map();
      throw error;
    }
  }
}
