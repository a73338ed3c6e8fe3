import { z } from 'zod';
import type { MailboxRequests } from '../client/mailbox-requests.js';
import { methodScopes } from '../method-scopes.js';

/** Both are 64-bit numbers as text; the second in milliseconds since the epoch. */
const watchAnswer = z.object({
  historyId: z.string().regex(/^\d{1,20}$/),
  expiration: z.coerce.number().int().positive(),
});

/**
 * Has Gmail tell a topic of Pub/Sub that the mailbox has changed. There is one such watch for a mailbox and a Cloud
 * project: asking again renews it. https://developers.google.com/workspace/gmail/api/guides/push
 */
export class PushWatch {
  constructor(private readonly requests: MailboxRequests) {}

  /**
   * Begins or renews the watch (`users.watch`), of all labels.
   * @throws EvergrantError as the methods of `Mailbox` do; `VALIDATION_FAILED`, `NOT_FOUND` and the reason `forbidden`
   *   for a topic that Gmail may not publish to
   */
  async begin(topicName: string): Promise<{ expiresAt: Date }> {
    const method = { name: 'watch', scopes: methodScopes.watch } as const;
    const { expiration } = await this.requests.postIdempotent(watchAnswer, 'watch', { topicName }, method);
    return { expiresAt: new Date(expiration) };
  }

  /** Ends it (`users.stop`); none is no error. */
  async stop(): Promise<void> {
    await this.requests.perform({ verb: 'POST', path: 'stop' }, { name: 'stop', scopes: methodScopes.watch });
  }
}
