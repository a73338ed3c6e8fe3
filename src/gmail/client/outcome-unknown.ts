/**
 * A write went out and its answer did not come, or could not be understood: it may have been carried out or
 * not. Stays inside the client, which has to find out or to say so.
 */
export class OutcomeUnknown extends Error {
  override readonly name = 'OutcomeUnknown';

  constructor(cause: unknown) {
    super('The outcome of a Gmail request is unknown', { cause });
  }
}
