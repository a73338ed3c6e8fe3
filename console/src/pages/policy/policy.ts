import type { Schemas } from '../../api/client.js';

export type Policy = Schemas['TenantPolicy'];
export type PolicyField = NonNullable<Policy['locked']>[number];
export type Mode = NonNullable<Policy['newRecipients']>;
export type ActKind = keyof NonNullable<Policy['acts']>;

export const policyKey = ['policy'] as const;

/** What holds where a policy says nothing (docs/configuration.md). */
export const actDefaults = {
  send: 'allow',
  reply: 'allow',
  forward: 'allow',
  send_draft: 'allow',
  unsubscribe: 'allow',
  forwarding_filter: 'ask',
  vacation: 'ask',
  forwarding: 'ask',
  delegate: 'ask',
} as const satisfies Record<ActKind, Mode>;

export const modeDefaults = {
  newRecipients: 'ask',
  conversations: 'allow',
  outsideFiles: 'allow',
  secrets: 'ask',
} as const satisfies Partial<Record<PolicyField, Mode>>;

export const limits = ['messagesPerHour', 'messagesPerDay', 'recipientsPerHour', 'recipientsPerDay'] as const;
export const lists = ['trustedRecipients', 'allowRecipients', 'denyRecipients'] as const;

/** A policy with a field changed; undefined for what is as the defaults say. */
export function withField<Field extends keyof Policy>(
  policy: Policy,
  field: Field,
  value: Policy[Field] | undefined,
): Policy {
  const { [field]: _before, ...others } = policy;
  return value === undefined ? others : { ...others, [field]: value };
}

/** Whether two policies say the same, in whichever order. */
export function isSamePolicy(one: Policy, other: Policy): boolean {
  return written(one) === written(other);
}

function written(policy: Policy): string {
  return JSON.stringify(policy, (_key, value: unknown) =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1)))
      : value,
  );
}
