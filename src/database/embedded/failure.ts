import pg from 'pg';

/** The embedded PostgreSQL cannot do its work here; the message says why and what to do instead. */
export class EmbeddedPostgresFailure extends Error {
  override readonly name = 'EmbeddedPostgresFailure';
}

/** SQLSTATEs of a server that starts, stops, is full or was asked for two things at once: it may let us in later. */
const passing = /^(57P0|53|40)/;

/** @throws EmbeddedPostgresFailure when the server refuses us for good, a lost password for one */
export function throwUnlessPassing(cause: unknown): void {
  if (!(cause instanceof pg.DatabaseError) || passing.test(cause.code ?? '')) return;
  throw new EmbeddedPostgresFailure(
    `PostgreSQL in DATA_DIR refuses its own user (${cause.code ?? 'no code'}); was postgres-password changed?`,
    { cause },
  );
}
