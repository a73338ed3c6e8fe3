import {
  outboundActKinds,
  policyModes,
  type OutboundActKind,
  type OutboundPolicy,
  type PolicyField,
  type PolicyMode,
  type TenantPolicy,
} from '../../identity/index.js';
import { RecipientList } from './recipient-list.js';

const modeFields = ['newRecipients', 'conversations', 'outsideFiles', 'secrets'] as const;
type ModeField = (typeof modeFields)[number];

const capFields = ['messagesPerHour', 'messagesPerDay', 'recipientsPerHour', 'recipientsPerDay'] as const;

/** How much may leave in any hour and any 24 hours; 0 sets no limit. */
export type PolicyCaps = Record<(typeof capFields)[number], number>;

/** What holds for one mailbox: its tenant's policy, its own and the defaults in one. */
export interface EffectivePolicy extends Record<ModeField, PolicyMode> {
  acts: Record<OutboundActKind, PolicyMode>;
  /** A recipient must be on each of them to count as known; none: nothing counts. */
  trusted: readonly RecipientList[];
  /** A recipient must be on each of them. */
  allowed: readonly RecipientList[];
  /** A recipient must be on none of them. */
  denied: readonly RecipientList[];
  onlyKnownRecipients: boolean;
  caps: PolicyCaps;
  approvalLifeHours: number;
  dryRun: boolean;
}

/** What holds where no policy says otherwise. */
const defaults = {
  acts: {
    send: 'allow',
    reply: 'allow',
    forward: 'allow',
    send_draft: 'allow',
    unsubscribe: 'allow',
    forwarding_filter: 'ask',
    vacation: 'ask',
    forwarding: 'ask',
    delegate: 'ask',
  } satisfies Record<OutboundActKind, PolicyMode>,
  modes: {
    newRecipients: 'ask',
    conversations: 'allow',
    outsideFiles: 'allow',
    secrets: 'ask',
  } satisfies Record<ModeField, PolicyMode>,
  approvalLifeHours: 24,
};

/**
 * Puts an instance's policy over its tenant's. The instance's modes replace the tenant's, except that `deny` stays and a
 * locked field can only get stricter. Denials of either hold (lists, unknown recipients, dry run), and lower caps.
 */
export function effectivePolicy(
  tenant: TenantPolicy | null,
  instance: OutboundPolicy | null,
): EffectivePolicy {
  const locked = new Set<PolicyField>(tenant?.locked);
  const mode = (
    field: PolicyField,
    of: (policy: OutboundPolicy) => PolicyMode | undefined,
    base: PolicyMode,
  ) => overridden(tenant && of(tenant), instance && of(instance), { base, isLocked: locked.has(field) });
  const listsOf = (field: 'allowRecipients' | 'denyRecipients') =>
    [tenant?.[field], instance?.[field]].flatMap((entries) => (entries ? [new RecipientList(entries)] : []));
  return {
    acts: record(outboundActKinds, (kind) => mode('acts', ({ acts }) => acts?.[kind], defaults.acts[kind])),
    ...record(modeFields, (field) => mode(field, (policy) => policy[field], defaults.modes[field])),
    trusted: trustedLists(tenant, instance, locked.has('trustedRecipients')),
    allowed: listsOf('allowRecipients'),
    denied: listsOf('denyRecipients'),
    onlyKnownRecipients: Boolean(tenant?.onlyKnownRecipients) || Boolean(instance?.onlyKnownRecipients),
    caps: policyCaps(tenant, instance),
    approvalLifeHours: approvalLifeHours(tenant, instance, locked.has('approvalLifeHours')),
    dryRun: Boolean(tenant?.dryRun) || Boolean(instance?.dryRun),
  };
}

/** The lower caps of the two. */
export function policyCaps(tenant: TenantPolicy | null, instance: OutboundPolicy | null): PolicyCaps {
  return record(capFields, (field) => lowestLimit(tenant?.[field], instance?.[field]));
}

/** The strictest of some modes; `allow` of none. */
export function strictest(modes: readonly PolicyMode[]): PolicyMode {
  return policyModes.findLast((mode) => modes.includes(mode)) ?? 'allow';
}

/** The lowest of the limits that there are, where 0 and undefined set none; 0 for none. */
export function lowestLimit(...limits: readonly (number | undefined)[]): number {
  const set = limits.filter((limit) => limit !== undefined && limit > 0) as number[];
  return set.length === 0 ? 0 : Math.min(...set);
}

function overridden(
  tenant: PolicyMode | null | undefined,
  instance: PolicyMode | null | undefined,
  { base, isLocked }: { base: PolicyMode; isLocked: boolean },
): PolicyMode {
  const held = tenant ?? base;
  if (instance === null || instance === undefined) return held;
  return isLocked || tenant === 'deny' ? strictest([held, instance]) : instance;
}

function trustedLists(
  tenant: TenantPolicy | null,
  instance: OutboundPolicy | null,
  isLocked: boolean,
): RecipientList[] {
  const own = instance?.trustedRecipients;
  const held = tenant?.trustedRecipients;
  if (isLocked) return held ? [held, ...(own ? [own] : [])].map((entries) => new RecipientList(entries)) : [];
  const counted = own ?? held;
  return counted ? [new RecipientList(counted)] : [];
}

function approvalLifeHours(
  tenant: TenantPolicy | null,
  instance: OutboundPolicy | null,
  isLocked: boolean,
): number {
  const held = tenant?.approvalLifeHours ?? defaults.approvalLifeHours;
  const own = instance?.approvalLifeHours ?? held;
  return isLocked ? Math.min(held, own) : own;
}

function record<Key extends string, Value>(
  keys: readonly Key[],
  valueOf: (key: Key) => Value,
): Record<Key, Value> {
  return Object.fromEntries(keys.map((key) => [key, valueOf(key)])) as Record<Key, Value>;
}
