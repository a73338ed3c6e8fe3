import { z } from 'zod';

/** An id of a message or thread, as an argument. */
export function gmailId(what: string) {
  return z.string().regex(/^[\w-]{1,64}$/, `expected the id of a ${what}`);
}
