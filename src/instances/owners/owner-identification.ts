import { Injectable } from '@nestjs/common';
import { IdentifiedGrants } from '../consent/identified-grants.js';
import { Instances } from '../directory/instances.js';
import type { FlowSecrets } from '../flows/consent-flow.js';
import type { OwnerSignInCourse, SignedInMailbox } from './owner-sign-in-ending.js';
import type { ReturnedSignIn } from './owner-sign-in-states.js';

/** Finds out who has signed in. What tokens come along are read for that, and dropped. */
@Injectable()
export class OwnerIdentification {
  constructor(
    private readonly grants: IdentifiedGrants,
    private readonly instances: Instances,
  ) {}

  async of(signIn: ReturnedSignIn, code: string, secrets: FlowSecrets): Promise<OwnerSignInCourse> {
    const found = await this.grants.of(signIn, code, secrets);
    if (found.reached !== 'identity') return found;
    const { subject, email } = found.account;
    return { reached: 'mailbox', account: { subject, email }, mailbox: await this.mailboxOf(signIn) };
  }

  private async mailboxOf({
    tenantId,
    instanceId,
    provider,
  }: ReturnedSignIn): Promise<SignedInMailbox | null> {
    if (tenantId === null || instanceId === null) return null;
    const instance = await this.instances.findById(tenantId, instanceId);
    // Subjects of another provider's accounts are not comparable.
    return instance?.provider === provider ? instance : null;
  }
}
