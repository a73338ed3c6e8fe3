import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  outboundActKinds,
  policyModes,
  type OutboundPolicy,
  type PolicyMode,
  type TenantPolicy,
} from '../../identity/index.js';
import { effectivePolicy, lowestLimit, strictest } from './effective-policy.js';

describe('what holds for a mailbox', () => {
  it('is ask for new recipients and for what goes on by itself, and allow within a conversation, by default', () => {
    const policy = effectivePolicy(null, null);
    expect(policy).toMatchObject({
      ...{ newRecipients: 'ask', conversations: 'allow', outsideFiles: 'allow', secrets: 'ask' },
      ...{ onlyKnownRecipients: false, dryRun: false, approvalLifeHours: 24 },
      ...{ trusted: [], allowed: [], denied: [] },
      caps: { messagesPerHour: 0, messagesPerDay: 0, recipientsPerHour: 0, recipientsPerDay: 0 },
    });
    expect(policy.acts).toEqual({
      ...{ send: 'allow', reply: 'allow', forward: 'allow', send_draft: 'allow', unsubscribe: 'allow' },
      ...{ forwarding_filter: 'ask', vacation: 'ask', forwarding: 'ask', delegate: 'ask' },
    });
  });

  type Mode = PolicyMode | undefined;
  it.each<[tenant: Mode, instance: Mode, locked: boolean, effective: PolicyMode]>([
    [undefined, undefined, false, 'ask'],
    ['allow', undefined, false, 'allow'],
    [undefined, 'allow', false, 'allow'],
    ['ask', 'allow', false, 'allow'],
    ['ask', 'deny', false, 'deny'],
    ['deny', 'allow', false, 'deny'],
    ['deny', 'ask', false, 'deny'],
    [undefined, 'allow', true, 'ask'],
    ['ask', 'allow', true, 'ask'],
    ['allow', 'ask', true, 'ask'],
    ['allow', 'deny', true, 'deny'],
    ['allow', undefined, true, 'allow'],
  ])(
    'is, of the modes %s of the tenant and %s of the instance (locked: %s), %s',
    (tenant, instance, locked, mode) => {
      const own = effectivePolicy(
        {
          newRecipients: tenant,
          acts: { delegate: tenant },
          locked: locked ? ['newRecipients', 'acts'] : [],
        },
        { newRecipients: instance, acts: { delegate: instance } },
      );
      expect(own.newRecipients).toBe(mode);
      expect(own.acts.delegate).toBe(mode);
    },
  );

  it.each<[field: string, tenant: TenantPolicy, instance: OutboundPolicy, effective: object]>([
    ['the lower cap', { messagesPerHour: 5 }, { messagesPerHour: 9 }, { caps: { messagesPerHour: 5 } }],
    ['the lower cap', { messagesPerHour: 5 }, { messagesPerHour: 2 }, { caps: { messagesPerHour: 2 } }],
    ['the only cap', {}, { recipientsPerDay: 2 }, { caps: { recipientsPerDay: 2, messagesPerHour: 0 } }],
    ['a dry run of the tenant', { dryRun: true }, { dryRun: false }, { dryRun: true }],
    ['a dry run of the instance', {}, { dryRun: true }, { dryRun: true }],
    [
      'that only known recipients are written to',
      { onlyKnownRecipients: true },
      { onlyKnownRecipients: false },
      { onlyKnownRecipients: true },
    ],
    [
      'a longer life of its own',
      { approvalLifeHours: 2 },
      { approvalLifeHours: 9 },
      { approvalLifeHours: 9 },
    ],
    [
      'no longer life where that is locked',
      { approvalLifeHours: 2, locked: ['approvalLifeHours'] },
      { approvalLifeHours: 9 },
      { approvalLifeHours: 2 },
    ],
  ])('has %s', (_what, tenant, instance, effective) => {
    expect(effectivePolicy(tenant, instance)).toMatchObject(effective);
  });

  it.each<[what: string, tenant: TenantPolicy, instance: OutboundPolicy, permitted: string[]]>([
    [
      'the instance’s in place of the tenant’s',
      { trustedRecipients: ['@a.example'] },
      { trustedRecipients: ['@b.example'] },
      ['x@b.example'],
    ],
    ['the tenant’s where it has none', { trustedRecipients: ['@a.example'] }, {}, ['x@a.example']],
    [
      'what both name, where that is locked',
      { trustedRecipients: ['@a.example'], locked: ['trustedRecipients'] },
      { trustedRecipients: ['x@a.example', '@b.example'] },
      ['x@a.example'],
    ],
    [
      'none, where that is locked and the tenant has none',
      { locked: ['trustedRecipients'] },
      { trustedRecipients: ['@b.example'] },
      [],
    ],
  ])('trusts %s', (_what, tenant, instance, permitted) => {
    const { trusted } = effectivePolicy(tenant, instance);
    const all = ['x@a.example', 'y@a.example', 'x@b.example'];
    const found = all.filter((one) => trusted.length > 0 && trusted.every((list) => list.permits(one)));
    expect(found).toEqual(expect.arrayContaining(permitted));
    expect(found.filter((one) => one.endsWith('@b.example'))).toEqual(
      permitted.filter((one) => one.endsWith('@b.example')),
    );
    expect(found.length > 0).toBe(permitted.length > 0);
  });

  it('is never milder than what the tenant denies, locks and caps, whatever an instance says', () => {
    const mode = fc.option(fc.constantFrom(...policyModes), { nil: undefined });
    const cap = fc.option(fc.integer({ min: 1, max: 9 }), { nil: undefined });
    const fields = {
      newRecipients: mode,
      secrets: mode,
      acts: fc.record({ send: mode, delegate: mode }),
      messagesPerHour: cap,
      recipientsPerDay: cap,
      dryRun: fc.boolean(),
    };
    const locked = fc.subarray(['newRecipients', 'secrets', 'acts'] as const);
    fc.assert(
      fc.property(fc.record({ ...fields, locked }), fc.record(fields), (tenant, instance) => {
        const [alone, both] = [effectivePolicy(tenant, null), effectivePolicy(tenant, instance)];
        const holds = (held: PolicyMode, now: PolicyMode) => expect(strictest([held, now])).toBe(now);
        for (const field of ['newRecipients', 'secrets'] as const)
          if (tenant.locked.includes(field) || tenant[field] === 'deny') holds(alone[field], both[field]);
        for (const kind of outboundActKinds)
          if (tenant.locked.includes('acts') || alone.acts[kind] === 'deny')
            holds(alone.acts[kind], both.acts[kind]);
        for (const field of ['messagesPerHour', 'recipientsPerDay'] as const)
          expect(lowestLimit(tenant[field], both.caps[field])).toBe(both.caps[field]);
        expect(both.dryRun).toBe(tenant.dryRun || instance.dryRun);
      }),
    );
  });
});
