import { Webhook } from 'standardwebhooks';

/** What is told, as it was when it happened. */
export interface WebhookMessage {
  /** The `webhook-id`: the same for every attempt and every replay, so that a receiver can tell a repetition. */
  eventId: string;
  type: string;
  at: Date;
  data: unknown;
}

/** A body and the headers that go with it. */
export interface SignedMessage {
  body: string;
  headers: Record<string, string>;
}

/**
 * Signs a message for an attempt (Standard Webhooks, `v1`: HMAC-SHA-256 over id, timestamp and body).
 * @param secrets each of which signs, the newest first
 * @param attemptedAt which receivers hold against their own clocks
 */
export function signedMessage(
  { eventId, type, at, data }: WebhookMessage,
  secrets: readonly string[],
  attemptedAt: Date,
): SignedMessage {
  const body = JSON.stringify({ type, timestamp: at.toISOString(), data });
  const signatures = secrets.map((secret) => new Webhook(secret).sign(eventId, attemptedAt, body));
  return {
    body,
    headers: {
      'content-type': 'application/json',
      'webhook-id': eventId,
      'webhook-timestamp': String(Math.floor(attemptedAt.getTime() / 1000)),
      'webhook-signature': signatures.join(' '),
    },
  };
}
