import { LRUCache } from 'lru-cache';

const messagesInMemory = 20_000;

interface MessageInThread {
  id: string;
  threadId: string;
}

/** Which threads the messages of one mailbox were seen in: to read several of one thread at once costs less. */
export interface ThreadsOfMailbox {
  note: (messages: readonly MessageInThread[]) => void;
  of: (messageId: string) => string | undefined;
}

/** The same of all mailboxes. A message stays in its thread; what is forgotten is read by itself. */
export class KnownThreads {
  private readonly threads = new LRUCache<string, string>({ max: messagesInMemory });

  ofMailbox(mailbox: string): ThreadsOfMailbox {
    return {
      note: (messages) => {
        for (const { id, threadId } of messages) this.threads.set(`${mailbox}/${id}`, threadId);
      },
      of: (messageId) => this.threads.get(`${mailbox}/${messageId}`),
    };
  }
}

export const noThreads: ThreadsOfMailbox = { note: () => undefined, of: () => undefined };
