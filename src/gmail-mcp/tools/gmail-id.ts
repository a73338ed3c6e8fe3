import { z } from 'zod';

/** An id of a message or thread, as an argument. */
export function gmailId(what: string) {
  // Not as a pattern of the schema: every agent would pay for it in the list of tools, and none makes ids up.
  return z.string().refine((id) => /^[\w-]{1,64}$/.test(id), `expected the id of a ${what}`);
}
