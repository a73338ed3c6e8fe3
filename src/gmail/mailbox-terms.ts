import type { Lane } from '../resilience/index.js';
import type { SendPermits } from './send-permits.js';

/** Under which a mailbox is used: what may leave it, among whose requests its own take turns, and what they spend. */
export interface MailboxTerms {
  readonly permits: SendPermits;
  readonly lane: Lane;
  /** Whose quota at Gmail its requests spend: one name for all that open the same mailbox; null for none. */
  readonly account: string | null;
}
