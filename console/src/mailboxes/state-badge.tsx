import { Badge, type MantineColor } from '@mantine/core';
import type { Schemas } from '../api/client.js';
import { words } from '../words.js';

export type Mailbox = Schemas['Instance'];
export type MailboxState = Mailbox['state'];

/** Red is what waits for a person. */
export const stateColors = {
  not_connected: 'gray',
  connected: 'teal',
  refreshing: 'blue',
  degraded: 'yellow',
  held: 'orange',
  needs_sign_in: 'red',
  blocked: 'red',
} as const satisfies Record<MailboxState, MantineColor>;

/** In a word how a mailbox is. */
export function StateBadge({ state }: { state: MailboxState }) {
  return (
    <Badge variant="light" color={stateColors[state]} tt="none" radius="sm">
      {words.states[state]}
    </Badge>
  );
}

/** Why it is so, in a sentence; null where there is nothing to say. */
export function reasonInWords({ stateReason }: Mailbox): string | null {
  return stateReason === null ? null : (words.stateReasons[stateReason] ?? stateReason);
}

/** What it is called: by its account, once one is connected. */
export function nameOf({ name, email }: Pick<Mailbox, 'name' | 'email'>): string {
  return email ?? name;
}
