import type { Lane } from '../resilience/index.js';
import type { SendPermits } from './send-permits.js';

/** Under which a mailbox is used: what may leave it, and among whose requests its own take turns. */
export interface MailboxTerms {
  readonly permits: SendPermits;
  readonly lane: Lane;
}
