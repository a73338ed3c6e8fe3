/** The DI token of how mailboxes are watched. */
export class WatchOptions {
  constructor(
    /** The topic of Pub/Sub that Gmail tells of changes (`projects/…/topics/…`); null: mailboxes are only looked at. */
    readonly topic: string | null,
    /** How often a mailbox is looked at of which Gmail tells nothing. */
    readonly pollSeconds: number,
  ) {}
}
