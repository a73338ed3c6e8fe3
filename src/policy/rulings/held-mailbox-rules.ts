import { Injectable } from '@nestjs/common';
import { toEvergrantError } from '../../errors/index.js';
import { MailboxRules } from '../../identity/index.js';
import { HeldPolicies } from './held-policies.js';
import { policyWords } from './policy-words.js';

/** What holds for mailboxes at that moment, in words. */
@Injectable()
export class HeldMailboxRules extends MailboxRules {
  constructor(private readonly policies: HeldPolicies) {
    super();
  }

  override async of(
    tenantId: string,
    instanceIds: readonly string[],
  ): Promise<ReadonlyMap<string, readonly string[]>> {
    const told = new Map<string, readonly string[]>();
    for (const id of instanceIds) {
      const words = await this.policies.of({ tenantId, id }).then(policyWords, unlessGone);
      if (words !== null) told.set(id, words);
    }
    return told;
  }
}

function unlessGone(thrown: unknown): null {
  if (toEvergrantError(thrown).code !== 'NOT_FOUND') throw thrown;
  return null;
}
