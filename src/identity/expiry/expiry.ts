/** When a new key or token is to end, as it was asked for: at an instant, after so many seconds, or null for never. */
export interface RequestedExpiry {
  expiresAt?: Date | null | undefined;
  expiresInSeconds?: number | undefined;
}

/** When a new key or token ends; never where both are null. */
export interface Expiry {
  at: Date | null;
  /** Counted by the database's clock. */
  inSeconds: number | null;
}

const secondsPerDay = 86_400;

/** Only who asks for it gets what never ends; who asks for nothing gets the default life, 0 days of which mean never. */
export function expiryOf({ expiresAt, expiresInSeconds }: RequestedExpiry, defaultLifeDays: number): Expiry {
  if (expiresInSeconds !== undefined) return { at: null, inSeconds: expiresInSeconds };
  if (expiresAt !== undefined) return { at: expiresAt, inSeconds: null };
  return { at: null, inSeconds: defaultLifeDays === 0 ? null : defaultLifeDays * secondsPerDay };
}

/** In SQL: the instant of an expiry whose two fields are these parameters. */
export function expiryInstant(at: string, inSeconds: string): string {
  return `coalesce(${at}::timestamptz, evergrant_now() + make_interval(secs => ${inSeconds}::float8))`;
}
