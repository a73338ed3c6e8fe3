/** What a policy holds of a mailbox, in words for its owner. The module that has policies provides it. */
export abstract class MailboxRules {
  /** Of each instance that is there, sentences without a full stop; none where all that leaves it leaves at once. */
  abstract of(
    tenantId: string,
    instanceIds: readonly string[],
  ): Promise<ReadonlyMap<string, readonly string[]>>;
}
