import type { OutboundActKind, PolicyMode } from '../../identity/index.js';
import type { EffectivePolicy } from '../rules/effective-policy.js';
import { actNames } from '../rules/policy-reasons.js';

type HeldMode = Exclude<PolicyMode, 'allow'>;

const verbs = {
  ask: 'waits until a person approves it',
  deny: 'is not let out',
} as const satisfies Record<HeldMode, string>;

const acts: readonly OutboundActKind[] = [
  ...(['send', 'reply', 'forward', 'send_draft', 'unsubscribe'] as const),
  ...(['forwarding_filter', 'vacation', 'forwarding', 'delegate'] as const),
];

const subjects = {
  newRecipients: 'mail to people to whom the mailbox has never written',
  conversations: 'mail to people of the same conversation',
  outsideFiles: 'mail with files from elsewhere',
  secrets: 'mail that looks as if it held a password, a key or words of another conversation',
} as const;

/** What a policy does to what leaves a mailbox, for its owner. A list is named as one: its entries are others' business. */
export function policyWords(policy: EffectivePolicy): string[] {
  if (policy.dryRun) return ['Nothing leaves this mailbox: the server only says what it would do'];
  return [
    ...(['deny', 'ask'] as const).flatMap((mode) => modeWords(policy, mode)),
    ...(policy.onlyKnownRecipients ? ['Mail goes only to people whom the mailbox knows'] : []),
    ...(policy.allowed.length > 0 ? ['Mail goes only to people and domains on a list'] : []),
    ...(policy.denied.length > 0 ? ['Mail does not go to people and domains on a list'] : []),
    ...capWords(policy),
  ];
}

function modeWords(policy: EffectivePolicy, mode: HeldMode): string[] {
  const held = [
    ...acts.filter((kind) => policy.acts[kind] === mode).map((kind) => actNames[kind]),
    ...(Object.keys(subjects) as (keyof typeof subjects)[])
      .filter((field) => policy[field] === mode)
      .map((field) => subjects[field]),
  ];
  return held.map((what) => `${what.charAt(0).toUpperCase()}${what.slice(1)} ${verbs[mode]}`);
}

function capWords({ caps }: EffectivePolicy): string[] {
  const told: [number, string][] = [
    [caps.messagesPerHour, 'mails an hour'],
    [caps.messagesPerDay, 'mails a day'],
    [caps.recipientsPerHour, 'recipients an hour'],
    [caps.recipientsPerDay, 'recipients a day'],
  ];
  const set = told.filter(([limit]) => limit > 0).map(([limit, what]) => `${limit} ${what}`);
  return set.length === 0 ? [] : [`No more leaves it than ${set.join(', ')}`];
}
