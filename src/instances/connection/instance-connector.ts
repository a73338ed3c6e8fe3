import { Injectable } from '@nestjs/common';
import type { Grant } from '../../credentials/index.js';
import type { Instance } from '../directory/instance.js';
import { accountDecision, decisionAfter, heldGrant, type AccountDecision } from './account-decision.js';
import { GrantPlacement, type Placement } from './grant-placement.js';
import { HeldAccounts } from './held-accounts.js';
import { WiderGrants } from './wider-grants.js';

export type ConnectOutcome =
  | 'connected'
  | 'account_mismatch'
  /** Whose grant the instance holds could not be found out for now: it stands. */
  | 'account_unproven'
  | 'refresh_token_missing'
  | 'instance_deleted';

/** Connects an instance by a grant that was just given or adopted. */
@Injectable()
export class InstanceConnector {
  constructor(
    private readonly heldAccounts: HeldAccounts,
    private readonly widerGrants: WiderGrants,
    private readonly placement: GrantPlacement,
  ) {}

  /** A reconnect keeps the account: a grant that is not proven to be of the same one is refused and not stored. */
  async connect(instance: Instance, given: Omit<Grant, 'tenantId'>): Promise<ConnectOutcome> {
    const grant = { ...given, tenantId: instance.tenantId };
    const decision = await this.decide(instance, grant);
    if (decision !== 'accept') return outcomes[decision];
    if (await this.widerGrants.stands(instance, grant)) return 'connected';
    return outcomes[await this.placement.place(instance, grant)];
  }

  private async decide(instance: Instance, grant: Grant): Promise<AccountDecision> {
    const decision = accountDecision(heldGrant(instance), grant);
    const { credentialId } = instance;
    if (decision !== 'ask_mailbox' || credentialId === null) return decision;
    return decisionAfter(await this.heldAccounts.ask({ ...instance, credentialId }), grant);
  }
}

const outcomes = {
  placed: 'connected',
  another_account: 'account_mismatch',
  unproven: 'account_unproven',
  ask_mailbox: 'account_unproven',
  refresh_token_missing: 'refresh_token_missing',
  instance_deleted: 'instance_deleted',
} as const satisfies Record<Placement, ConnectOutcome>;
