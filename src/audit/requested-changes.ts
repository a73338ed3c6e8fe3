import { AsyncLocalStorage } from 'node:async_hooks';
import { Injectable } from '@nestjs/common';
import type { SqlExecutor } from '../database/index.js';
import {
  changeEvent,
  type Actor,
  type ChangeName,
  type PolicyChange,
  type RequestSource,
} from './audit-event.js';
import { AuditTrail } from './audit-trail.js';
import { AuditChain } from './chain/audit-chain.js';

/** A change that a request is about to make. */
export interface RequestedChange {
  event: ChangeName;
  actor: Actor;
  source: RequestSource;
}

interface ChangeUnderWay {
  change: RequestedChange;
  chain: AuditChain;
  isChained: boolean;
  policyChange?: PolicyChange;
}

const underWay = new AsyncLocalStorage<ChangeUnderWay>();

/**
 * Appends the change that the present request makes to a tenant's chain, within the transaction that makes it; see
 * `AuditChain.append`. Who asks for the change is known where the request is, and not where the rows are. Does nothing
 * outside of a request whose route is `@Audited` with this event, such as when a new tenant's first key is made with it.
 * @param subjectId of what the event is about
 */
export async function recordChange(
  executor: SqlExecutor,
  tenantId: string,
  event: ChangeName,
  subjectId: string,
): Promise<void> {
  const present = underWay.getStore();
  if (present?.change.event !== event) return;
  const { actor, source } = present.change;
  await present.chain.append(executor, tenantId, changeEvent(event, actor, subjectId, source));
  present.isChained = true;
}

/**
 * Appends which fields of a policy the present request changes, as {@link recordChange} does. No event where there are
 * none, or no request whose route is `@Audited`.
 */
export async function recordPolicyChange(
  executor: SqlExecutor,
  tenantId: string,
  subject: PolicyChange['subject'],
  fields: readonly string[],
): Promise<void> {
  const present = underWay.getStore();
  if (present === undefined || fields.length === 0) return;
  const { actor, source } = present.change;
  const event: PolicyChange = { event: 'policy.changed', actor, subject, source, fields };
  await present.chain.append(executor, tenantId, event);
  present.policyChange = event;
}

/** Changes that requests make, each recorded once: with the change by {@link recordChange}, else after it. */
@Injectable()
export class RequestedChanges {
  constructor(
    private readonly chain: AuditChain,
    private readonly trail: AuditTrail,
  ) {}

  /**
   * Does `work` for a change.
   * @returns what `work` does, and `conclude`, which tells of the change when it has succeeded
   */
  during<Result>(
    change: RequestedChange,
    work: () => Result,
  ): { result: Result; conclude: (subjectId: string) => Promise<void> } {
    const present: ChangeUnderWay = { change, chain: this.chain, isChained: false };
    const conclude = async (subjectId: string) => {
      const event = changeEvent(change.event, change.actor, subjectId, change.source);
      if (present.isChained) this.trail.record(event);
      else await this.trail.keep(event);
      if (present.policyChange) this.trail.record(present.policyChange);
    };
    return { result: underWay.run(present, work), conclude };
  }
}
