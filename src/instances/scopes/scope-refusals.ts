import { Injectable } from '@nestjs/common';
import { Counter } from 'prom-client';
import { MetricsRegistry } from '../../metrics/index.js';
import type { ScopeDecision } from './scope-decision.js';

/** Why something was refused for its scopes; the `reason` of the errors that say so. */
export type ScopeRefusal = Exclude<ScopeDecision, 'allowed'> | 'wider_than_asked' | 'not_authorized';

const reasons: readonly ScopeRefusal[] = [
  'not_asked_for',
  'not_granted',
  'wider_than_asked',
  'not_authorized',
];

/** Counts what instances and their callers were refused for scopes. */
@Injectable()
export class ScopeRefusals {
  private readonly refusals: Counter<'reason'>;

  constructor(registry: MetricsRegistry) {
    this.refusals = new Counter({
      name: 'evergrant_scope_refusals_total',
      help: 'Tool calls and access tokens refused for scopes, by reason',
      labelNames: ['reason'],
      registers: [registry],
    });
    // An alert on the first rise needs the zero before it.
    for (const reason of reasons) this.refusals.inc({ reason }, 0);
  }

  /** Counts an error by its `reason`, if that is one of scopes. */
  count(reason: string | undefined): void {
    const refusal = reasons.find((each) => each === reason);
    if (refusal !== undefined) this.refusals.inc({ reason: refusal });
  }
}
