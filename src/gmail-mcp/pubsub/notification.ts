import { z } from 'zod';

/** What Pub/Sub posts. https://cloud.google.com/pubsub/docs/push#receive_push */
const pushed = z.object({ message: z.object({ data: z.string().max(8_192) }) });

/** What Gmail publishes. https://developers.google.com/workspace/gmail/api/guides/push#receiving_notifications */
const published = z.object({
  emailAddress: z.string().min(3).max(320),
  historyId: z
    .union([z.number().int().nonnegative(), z.string()])
    .transform(String)
    .pipe(z.string().regex(/^\d{1,20}$/)),
});

/** That a mailbox has changed: no more is believed of it than that it is worth a look. */
export type Notification = z.output<typeof published>;

/** Null for what is none. */
export function notificationIn(body: unknown): Notification | null {
  const envelope = pushed.safeParse(body);
  if (!envelope.success) return null;
  const { data } = envelope.data.message;
  return published.safeParse(parsedJson(Buffer.from(data, 'base64').toString())).data ?? null;
}

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
