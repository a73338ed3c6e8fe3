import type { Schemas } from './client.js';

export type Session = Schemas['Session'];
export type ApiRight = Session['rights'][number];

/** Why the form to sign in is there, if not for the first time. */
export type SignInCause = 'ended' | 'stale-link';

/** Whether there is a session in this browser. */
export type Presence =
  { state: 'signed-in'; session: Session } | { state: 'signed-out'; cause: SignInCause | null };

export const presenceKey = ['presence'] as const;

export function signedOut(cause: SignInCause | null): Presence {
  return { state: 'signed-out', cause };
}
