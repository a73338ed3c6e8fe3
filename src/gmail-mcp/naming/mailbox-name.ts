import { readableText } from '../../gmail/index.js';
import type { Instance } from '../../instances/index.js';

/** What people and models know a mailbox by: its address; before it was ever connected, the instance's name. On one line. */
export function mailboxName({ email, name }: Pick<Instance, 'email' | 'name'>): string {
  return readableText(email ?? name).replaceAll(/\s+/g, ' ');
}
