import { Inject, Injectable } from '@nestjs/common';
import { MailboxRules, type Person } from '../../identity/index.js';
import {
  ConnectedMailboxes,
  servesScopes,
  type ConnectedMailbox,
  type PersonScope,
} from '../../instances/index.js';
import { SignInOptions } from '../sign-in-options.js';

/** A mailbox that a person may let a client have. */
export interface OfferedMailbox extends ConnectedMailbox {
  /** Google did not allow for it yet what is asked for, or not any more. */
  lacksScopes: boolean;
  /** What the policy holds of what leaves it, in words. */
  rules: readonly string[];
}

/** The mailboxes that a client can be let have. */
@Injectable()
export class OfferedMailboxes {
  constructor(
    private readonly mailboxes: ConnectedMailboxes,
    private readonly rules: MailboxRules,
    @Inject(SignInOptions) private readonly options: SignInOptions,
  ) {}

  /** In the order in which they were connected; of an endpoint of one instance, only that. */
  async of(
    person: Person,
    { scopes, resource }: { scopes: readonly PersonScope[]; resource: string },
  ): Promise<OfferedMailbox[]> {
    const only = resource.slice(`${this.options.publicUrl}/mcp/`.length);
    const connected = await this.mailboxes.of(person);
    const offered = connected.filter(({ instanceId }) => only === '' || instanceId === only);
    const rules = await this.rules.of(
      person.tenantId,
      offered.map(({ instanceId }) => instanceId),
    );
    return offered.map((mailbox) => ({
      ...mailbox,
      lacksScopes: !servesScopes(mailbox, scopes),
      rules: rules.get(mailbox.instanceId) ?? [],
    }));
  }
}
