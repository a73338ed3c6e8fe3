import type { FastifyReply } from 'fastify';

/** The instance whose mailbox it is about. */
export interface OwnedMailbox {
  tenantId: string;
  instanceId: string;
}

/**
 * Lets a person show that a mailbox is theirs, by signing in with its provider. It ends in an owner session in the
 * person's browser. The modules that hold grants provide it.
 */
export abstract class OwnerSignIn {
  /**
   * Begins it in this browser.
   * @param mailbox null for one that is not there, which the browser is not told before its person has signed in
   * @param returnPath of a page of ours, which the browser comes back to
   * @returns where the browser goes next
   */
  abstract begin(reply: FastifyReply, mailbox: OwnedMailbox | null, returnPath: string): Promise<string>;
}
