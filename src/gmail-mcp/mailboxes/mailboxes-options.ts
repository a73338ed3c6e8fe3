/** The DI token of what the endpoint of all mailboxes is told at start. */
export class MailboxesOptions {
  constructor(
    /** How long an answer about several waits for each of them. */
    readonly mailboxDeadlineMs = 20_000,
  ) {}
}
