import { randomUUID } from 'node:crypto';
import type { HistoryRecord, Mailbox } from '../mail/mailbox.js';
import type { SandboxClock } from '../state/sandbox-clock.js';
import type { IdTokens } from '../grants/id-tokens.js';

const lifeMs = 7 * 24 * 3_600_000;

/** What a mailbox is watched for. */
interface Watch {
  topicName: string;
  labelIds: readonly string[];
  behavior: 'include' | 'exclude';
  expiresAtMs: number;
}

/** Where the notifications of a topic are pushed to. https://cloud.google.com/pubsub/docs/push */
export interface PushSubscription {
  topicName: string;
  endpoint: string;
  /** Of the token; the endpoint when absent. */
  audience?: string | undefined;
  serviceAccountEmail: string;
}

/** One notification, and what became of it. */
export interface Notification {
  topicName: string;
  emailAddress: string;
  historyId: string;
  messageId: string;
  /** The endpoint's status; null while it has not answered, and when it could not be reached. */
  status: number | null;
}

/** `users.watch`: tells a topic of Pub/Sub that a mailbox has changed, as Google does: once, and perhaps never. */
export class Watches {
  private readonly watches = new Map<string, Watch>();
  private readonly subscriptions = new Map<string, PushSubscription>();
  private sent: Notification[] = [];

  constructor(
    private readonly clock: SandboxClock,
    private readonly idTokens: IdTokens,
  ) {}

  subscribe(subscription: PushSubscription): void {
    this.subscriptions.set(subscription.topicName, subscription);
  }

  /** Another watch of the same mailbox takes its place. @returns when it ends, unless it is renewed */
  watch(mailbox: Mailbox, { topicName, labelIds, behavior }: Omit<Watch, 'expiresAtMs'>): number {
    const expiresAtMs = this.clock.nowMs() + lifeMs;
    this.watches.set(mailbox.email, { topicName, labelIds, behavior, expiresAtMs });
    // "A successful watch call should cause an immediate notification."
    this.notify(mailbox.email, mailbox.historyId, topicName);
    return expiresAtMs;
  }

  stop(email: string): void {
    this.watches.delete(email);
  }

  /** Told of every change of a mailbox. */
  changed(email: string, { id, message, labelIds = [] }: HistoryRecord): void {
    const watch = this.watches.get(email);
    if (watch === undefined || watch.expiresAtMs <= this.clock.nowMs()) return;
    const touched = [...message.labelIds, ...labelIds];
    const isNamed = watch.labelIds.some((label) => touched.includes(label));
    const wanted = watch.labelIds.length === 0 || isNamed === (watch.behavior === 'include');
    if (wanted) this.notify(email, id, watch.topicName);
  }

  notifications(): readonly Notification[] {
    return this.sent;
  }

  clear(): void {
    this.sent = [];
  }

  private notify(emailAddress: string, historyId: string, topicName: string): void {
    const notification = { topicName, emailAddress, historyId, messageId: randomUUID(), status: null };
    this.sent.push(notification);
    const subscription = this.subscriptions.get(topicName);
    if (subscription !== undefined) void this.push(subscription, notification);
  }

  private async push(subscription: PushSubscription, notification: Notification): Promise<void> {
    const { emailAddress, historyId, messageId } = notification;
    const { endpoint, audience = endpoint, serviceAccountEmail } = subscription;
    const data = Buffer.from(JSON.stringify({ emailAddress, historyId: Number(historyId) })).toString(
      'base64',
    );
    const publishTime = this.clock.nowIso();
    const message = { data, messageId, message_id: messageId, publishTime, publish_time: publishTime };
    const name = subscription.topicName.replace('/topics/', '/subscriptions/');
    try {
      const token = await this.idTokens.issueToServiceAccount(serviceAccountEmail, audience);
      const { status } = await fetch(endpoint, {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
        body: JSON.stringify({ message, subscription: name }),
        signal: AbortSignal.timeout(10_000),
      });
      notification.status = status;
    } catch {
      // Notifications may be lost.
    }
  }
}
