import { Badge } from '@mantine/core';
import { words } from '../../words.js';
import type { Webhook } from './webhook-queries.js';

const texts = words.webhooks;

/** In a word how a webhook is. */
export function WebhookBadge({ webhook: { enabled, failingSince } }: { webhook: Webhook }) {
  if (!enabled) return <Word color="gray" text={texts.off} />;
  if (failingSince !== null) return <Word color="red" text={texts.failing} />;
  return <Word color="teal" text={texts.on} />;
}

export function Word({ color, text }: { color: string; text: string }) {
  return (
    <Badge variant="light" color={color} tt="none" radius="sm" style={{ flexShrink: 0 }}>
      {text}
    </Badge>
  );
}

/** What it is told, shortly. */
export function eventsInWords({ events }: Pick<Webhook, 'events'>): string {
  return events === null ? texts.allEvents : events.map((event) => texts.events[event]).join(', ');
}
