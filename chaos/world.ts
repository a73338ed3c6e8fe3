import type { Mailbox, Mailboxes } from './mailboxes.js';
import type { Stage } from './stage.js';

/** What events happen to: a deployment, and the mailboxes connected to it. */
export interface World {
  stage: Stage;
  mailboxes: Mailboxes;
  all: readonly Mailbox[];
}
