import { Injectable } from '@nestjs/common';
import { Counter } from 'prom-client';
import { MetricsRegistry } from '../../metrics/index.js';
import type { OutboundDecision } from '../rules/decide-outbound-act.js';
import { policyReasonCodes, type PolicyReasonCode } from '../rules/policy-reasons.js';

/** Counts what policies keep from leaving. */
@Injectable()
export class PolicyMetrics {
  private readonly kept: Counter<'verdict' | 'reason'>;

  constructor(registry: MetricsRegistry) {
    this.kept = new Counter({
      name: 'evergrant_policy_rulings_total',
      help: 'Outbound acts that a policy has held for a person (ask) or denied, by each of the reasons',
      labelNames: ['verdict', 'reason'],
      registers: [registry],
    });
    // An alert on the first rise needs the zero before it.
    for (const reason of policyReasonCodes)
      for (const verdict of ['ask', 'deny'] as const) this.kept.inc({ verdict, reason }, 0);
  }

  count(decision: OutboundDecision): void {
    if (decision.verdict === 'allow') return;
    const reasons = new Set<PolicyReasonCode>(decision.reasons.map(({ code }) => code));
    for (const reason of reasons) this.kept.inc({ verdict: decision.verdict, reason });
  }
}
