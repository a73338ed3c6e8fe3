import { describe, expect, it, jest } from '@jest/globals';
import { MetricsRegistry } from '../../metrics/index.js';
import type { OutboundActKind, OutboundPolicy } from '../../identity/index.js';
import type { ActMessage, OutboundAct } from '../acts/outbound-act.js';
import { effectivePolicy } from '../rules/effective-policy.js';
import type { RecipientFact } from '../rules/outbound-facts.js';
import type { HeldPolicies } from './held-policies.js';
import { PolicyMetrics } from './policy-metrics.js';
import { PolicyRules } from './policy-rules.js';
import type { ReadMemory } from './read-memory.js';

const sender = { id: 'instance', tenantId: 'tenant' };
const known: RecipientFact = { address: 'bea@example.com', standing: 'written_to', inConversation: false };
const stranger: RecipientFact = { address: 'bea@example.com', standing: 'new', inConversation: false };

const message: ActMessage = {
  ...{ from: null, to: [{ name: 'Bea', address: 'bea@example.com' }], cc: [], bcc: [] },
  ...{ subject: 'Lunch?', text: 'At noon.', html: null, files: [], threadId: null },
  ...{ replyTo: [], inReplyTo: null, language: null, headers: [] },
};
type MessageKind = 'send' | 'reply' | 'forward' | 'unsubscribe';
type SettingKind = 'forwarding_filter' | 'vacation' | 'forwarding' | 'delegate';

function mail(changed: Partial<ActMessage> = {}, kind: MessageKind = 'send'): OutboundAct {
  const request = {
    method: 'messages.send',
    raw: 'eA',
    messageId: '<1@example.com>',
    threadId: null,
  } as const;
  return { kind, message: { ...message, ...changed }, request };
}

function setting(kind: SettingKind, body: unknown = {}, value = 'a value'): OutboundAct {
  const recipients = kind === 'vacation' ? [] : ['bea@example.com'];
  const request = { method: 'settings', verb: 'PUT', path: kind, body } as const;
  return { kind, recipients, settings: [{ name: 'text', value }], request };
}

function draft(): OutboundAct {
  const request = { method: 'drafts.send', draftId: 'd1', draftMessageId: 'm1', messageId: null } as const;
  return { kind: 'send_draft', message, request };
}

function rules(policy: OutboundPolicy = {}) {
  const registry = new MetricsRegistry();
  const metrics = new PolicyMetrics(registry);
  const policies = { of: async () => effectivePolicy(null, policy) } as unknown as HeldPolicies;
  const memory = { copiedBy: async () => [] } as unknown as ReadMemory;
  const decide = async (act: OutboundAct, fact: RecipientFact = known, isDryRun = false) => {
    const asked = jest.fn(async () => [fact]);
    const ruling = await new PolicyRules(policies, metrics, memory).decide(sender, act, {
      recipients: asked,
      participantsOf: async () => new Set<string>(),
      ...{ added: [], isDryRun },
    });
    const { decision } = ruling;
    const codes = decision.verdict === 'allow' ? [] : decision.reasons.map(({ code }) => code);
    return { ...ruling, told: [decision.verdict, ...codes].join(' '), timesAsked: asked.mock.calls.length };
  };
  return { decide, registry };
}

const acts: readonly (readonly [OutboundActKind, OutboundAct])[] = [
  ...(['send', 'reply', 'forward', 'unsubscribe'] as const).map((kind) => [kind, mail({}, kind)] as const),
  ['send_draft', draft()],
  ...(['forwarding_filter', 'vacation', 'forwarding', 'delegate'] as const).map(
    (kind) => [kind, setting(kind)] as const,
  ),
];

describe('what a policy says of an act', () => {
  it.each(acts)(
    '%s: is denied, asked about or allowed, and in a dry run said to be one',
    async (kind, act) => {
      const said = async (policy: OutboundPolicy) =>
        (await rules({ newRecipients: 'allow', ...policy }).decide(act)).told;
      expect(await said({ acts: { [kind]: 'deny' } })).toBe('deny act_kind');
      expect(await said({ acts: { [kind]: 'ask' } })).toBe('ask act_kind');
      expect(await said({ acts: { [kind]: 'allow' } })).toBe('allow');
      const dry = await rules({ acts: { [kind]: 'allow' }, newRecipients: 'allow', dryRun: true }).decide(
        act,
      );
      expect([dry.told, dry.dryRun]).toEqual(['allow', true]);
    },
  );

  it.each<[what: string, act: OutboundAct, told: string]>([
    ['a password in the text', mail({ text: 'password: hunter2' }), 'ask secret'],
    ['a code in the subject', mail({ subject: 'Your code is 123456' }), 'ask secret'],
    ['a key in the HTML alone', mail({ html: `<p>AKIAIOSFODNN<b>7EXAMPLE</b></p>` }), 'ask secret'],
    ['a password in entities', mail({ html: 'password&#58; h&#x75;nter2' }), 'ask secret'],
    [
      'a password in the name of a file',
      mail({
        files: [
          {
            ...{ name: 'password: hunter2', mimeType: 'x', sizeBytes: 1, sha256: 'a' },
            origin: 'conversation',
          },
        ],
      }),
      'ask secret',
    ],
    ['a password in a reply', mail({ text: 'Passwort: geheim123' }, 'reply'), 'ask secret'],
    [
      'a password in a vacation answer',
      setting('vacation', {}, 'password: hunter2'),
      'ask act_kind open_audience secret',
    ],
    ['a vacation answer to the own domain', setting('vacation', { restrictToDomain: true }), 'ask act_kind'],
    ['nothing of that', mail({ html: '<p>At <b>noon</b> &amp; not later</p>' }), 'allow'],
  ])('holds or lets pass: %s', async (_what, act, told) => {
    expect((await rules().decide(act)).told).toBe(told);
  });

  it('asks about strangers, and not about the list that a mail says to unsubscribe at', async () => {
    expect((await rules().decide(mail(), stranger)).told).toBe('ask new_recipient');
    expect((await rules().decide(mail({}, 'unsubscribe'), stranger)).told).toBe('allow');
    const denied = rules({ denyRecipients: ['@example.com'] });
    expect((await denied.decide(mail({}, 'unsubscribe'), stranger)).told).toBe('deny recipient_denied');
  });

  it('asks Gmail about recipients only where that makes a difference', async () => {
    const indifferent = rules({ newRecipients: 'allow', secrets: 'allow', denyRecipients: ['@example.com'] });
    expect(await indifferent.decide(mail())).toMatchObject({ told: 'deny recipient_denied', timesAsked: 0 });
    for (const policy of [{}, { newRecipients: 'allow', onlyKnownRecipients: true } as const])
      expect((await rules(policy).decide(mail())).timesAsked).toBe(1);
  });

  it('tells how long a held act waits', async () => {
    expect((await rules().decide(mail())).approvalLifeSeconds).toBe(86_400);
    expect((await rules({ approvalLifeHours: 2 }).decide(mail())).approvalLifeSeconds).toBe(7_200);
  });

  it('counts what it holds and denies by reason, from zero', async () => {
    const { decide, registry } = rules({ acts: { forward: 'deny' } });
    await decide(mail(), stranger);
    await decide(mail({}, 'forward'), stranger);
    await decide(mail(), known);
    const lines = (await registry.metrics()).split('\n');
    expect(lines).toContain('evergrant_policy_rulings_total{verdict="ask",reason="new_recipient"} 1');
    expect(lines).toContain('evergrant_policy_rulings_total{verdict="deny",reason="act_kind"} 1');
    expect(lines).toContain('evergrant_policy_rulings_total{verdict="ask",reason="secret"} 0');
  });

  it('counts nothing of a dry run, which keeps nothing from leaving', async () => {
    const lines = [];
    for (const policy of [{}, { dryRun: true }]) {
      const { decide, registry } = rules(policy);
      expect((await decide(mail(), stranger, policy.dryRun !== true)).told).toBe('ask new_recipient');
      lines.push(...(await registry.metrics()).split('\n'));
    }
    const counted = lines.filter((line) => /^evergrant_policy_rulings_total.* [1-9]/.test(line));
    expect(counted).toEqual([]);
  });

  it('takes a megabyte of angle brackets in proportion', async () => {
    const startedAt = performance.now();
    await rules().decide(mail({ html: '<'.repeat(500_000) + '<p '.repeat(200_000) }));
    expect(performance.now() - startedAt).toBeLessThan(4_000);
  });
});
