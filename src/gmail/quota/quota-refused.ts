/** A request that was not made, for its mailbox has no units left in the time that its call has. */
export class QuotaRefused extends Error {
  override readonly name = 'QuotaRefused';

  constructor(readonly retryAfterSeconds: number) {
    super(`No quota units for ${retryAfterSeconds} seconds`);
  }
}
