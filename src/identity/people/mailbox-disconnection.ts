import type { Actor, RequestSource } from '../../audit/index.js';

/** Deletes instances for a person, or for who ends one. The modules that hold grants provide it. */
export abstract class MailboxDisconnection {
  /**
   * Deletes an instance with its tokens, and records who did. A grant by consent that nothing else uses is revoked at
   * the provider soon after. Does nothing for one that is not there any more.
   */
  abstract disconnect(
    tenantId: string,
    instanceId: string,
    by: { actor: Actor; source: RequestSource },
  ): Promise<void>;
}
