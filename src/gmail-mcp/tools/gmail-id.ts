import { z } from 'zod';

/** An id of a message or thread, as an argument. */
export function gmailId(what: string) {
  // Written out: llama.cpp knows no \w, and refuses the tools of all servers for it.
  return z.string().regex(/^[A-Za-z0-9_-]{1,64}$/, `expected the id of a ${what}`);
}
