import type { Instance } from '../../instances/index.js';

/** Stands for all mailboxes, where a tool can look into several at once. */
const allMailboxes = '*';

type Named = Pick<Instance, 'id' | 'email'>;

/** Which mailbox a call is about, or why that cannot be told. */
export type MailboxChoice<Mailbox> =
  | { status: 'one'; mailbox: Mailbox }
  | { status: 'all' }
  | { status: 'refused'; why: 'none_connected' | 'missing' | 'unknown' | 'ambiguous' };

/**
 * The mailbox that is meant: by its address, in letters of any case, or by the id of its instance. One alone need not be
 * named. What looks into several looks into all of them where none is named.
 */
export function chosenMailbox<Mailbox extends Named>(
  mailboxes: readonly Mailbox[],
  asked: string | undefined,
  spansMailboxes: boolean,
): MailboxChoice<Mailbox> {
  const [first, second] = mailboxes;
  if (first === undefined) return { status: 'refused', why: 'none_connected' };
  const name = asked?.trim().toLowerCase() ?? '';
  if (name === '' || name === allMailboxes) {
    if (spansMailboxes && (name === allMailboxes || second !== undefined)) return { status: 'all' };
    return second === undefined ? { status: 'one', mailbox: first } : { status: 'refused', why: 'missing' };
  }
  const [found, another] = mailboxes.filter(({ id, email }) => id === name || email?.toLowerCase() === name);
  if (found === undefined) return { status: 'refused', why: 'unknown' };
  return another === undefined ? { status: 'one', mailbox: found } : { status: 'refused', why: 'ambiguous' };
}
