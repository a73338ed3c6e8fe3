/** The embedded PostgreSQL cannot do its work here; the message says why and what to do instead. */
export class EmbeddedPostgresFailure extends Error {
  override readonly name = 'EmbeddedPostgresFailure';
}
