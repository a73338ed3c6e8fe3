import { describe, expect, it } from '@jest/globals';
import { instancePolicy, outboundActKinds, policyFields, tenantPolicy } from './outbound-policy.js';

describe('a policy', () => {
  it('may say nothing, and may say all', () => {
    expect(tenantPolicy.parse({})).toEqual({});
    const whole = {
      acts: Object.fromEntries(outboundActKinds.map((kind) => [kind, 'ask'])),
      newRecipients: 'deny',
      conversations: 'ask',
      trustedRecipients: ['@*.example.com'],
      allowRecipients: ['ada@example.com'],
      denyRecipients: ['@bücher.example'],
      onlyKnownRecipients: true,
      messagesPerHour: 1,
      messagesPerDay: 2,
      recipientsPerHour: 3,
      recipientsPerDay: 4,
      outsideFiles: 'deny',
      secrets: 'allow',
      approvalLifeHours: 720,
      dryRun: false,
    };
    expect(Object.keys(whole)).toEqual(policyFields);
    expect(instancePolicy.parse(whole)).toEqual(whole);
    expect(tenantPolicy.parse({ ...whole, locked: policyFields })).toEqual({
      ...whole,
      locked: policyFields,
    });
  });

  it.each<[field: string, given: unknown]>([
    ['acts.send', { acts: { send: 'block' } }],
    ['acts', { acts: { post: 'ask' } }],
    ['newRecipients', { newRecipients: null }],
    ['conversations', { conversations: true }],
    ['denyRecipients', { denyRecipients: [] }],
    ['denyRecipients', { denyRecipients: 'ada@example.com' }],
    ['denyRecipients.1', { denyRecipients: ['ada@example.com', 'Ada <ada@example.com>'] }],
    ['allowRecipients.0', { allowRecipients: ['example.com'] }],
    ['allowRecipients.0', { allowRecipients: ['@*'] }],
    ['allowRecipients.0', { allowRecipients: ['@a.*.example.com'] }],
    ['allowRecipients.0', { allowRecipients: ['ada@example.com, bea@example.com'] }],
    ['allowRecipients.0', { allowRecipients: ['Team: ada@example.com;'] }],
    ['trustedRecipients.0', { trustedRecipients: [`${'a'.repeat(320)}@example.com`] }],
    ['trustedRecipients', { trustedRecipients: Array.from({ length: 501 }, (_, n) => `a${n}@example.com`) }],
    ['onlyKnownRecipients', { onlyKnownRecipients: 'yes' }],
    ['messagesPerHour', { messagesPerHour: 0 }],
    ['messagesPerDay', { messagesPerDay: 1.5 }],
    ['recipientsPerHour', { recipientsPerHour: -1 }],
    ['recipientsPerDay', { recipientsPerDay: 1_000_001 }],
    ['outsideFiles', { outsideFiles: 'maybe' }],
    ['secrets', { secrets: 'off' }],
    ['approvalLifeHours', { approvalLifeHours: 721 }],
    ['dryRun', { dryRun: 1 }],
    ['locked.0', { locked: ['everything'] }],
  ])('is refused with the name of the field %s', (field, given) => {
    const parsed = tenantPolicy.safeParse(given);
    expect(parsed.error?.issues.map(({ path }) => path.join('.'))).toEqual([field]);
  });

  it.each(['sendRecipients', 'locked', '__proto__x'])('of an instance knows no field %s', (field) => {
    const parsed = instancePolicy.safeParse({ [field]: [] });
    expect(parsed.error?.issues).toMatchObject([{ code: 'unrecognized_keys', keys: [field] }]);
  });
});
