import { Injectable } from '@nestjs/common';
import { AuditTrail, type RequestSource } from '../audit/index.js';
import { eventName } from './event-types.js';
import { ReceivedEvents } from './received-events.js';
import { SecurityEventEffects, type AppliedEvent } from './security-event-effects.js';
import { SecurityEventMetrics, type EventOutcome } from './security-event-metrics.js';
import { SecurityEventRefused } from './token/refusal.js';
import { SecurityEventTokens, type VerifiedSecurityEventToken } from './token/security-event-tokens.js';

/** Takes a security event token: checked, acted upon once, counted and recorded. */
@Injectable()
export class SecurityEventReceiver {
  constructor(
    private readonly tokens: SecurityEventTokens,
    private readonly received: ReceivedEvents,
    private readonly effects: SecurityEventEffects,
    private readonly trail: AuditTrail,
    private readonly metrics: SecurityEventMetrics,
  ) {}

  /**
   * Resolves when it is acted upon for good, now or before.
   * @throws SecurityEventRefused when it never will be
   * @throws EvergrantError `SERVICE_UNAVAILABLE` when it has to come again
   */
  async receive(token: string, source: RequestSource): Promise<void> {
    const verified = await this.verified(token);
    const { claims } = verified;
    const effects = await this.effects.prepare(verified);
    const applied = await this.received.once(claims, (executor) =>
      this.effects.apply(executor, effects, claims.iat),
    );
    if (applied) await this.effects.follow(applied, source);
    for (const type of Object.keys(claims.events)) this.tell(type, outcomeOf(type, applied), source);
  }

  private async verified(token: string): Promise<VerifiedSecurityEventToken> {
    try {
      return await this.tokens.verify(token);
    } catch (thrown) {
      if (thrown instanceof SecurityEventRefused) this.metrics.countRefused(thrown.code);
      throw thrown;
    }
  }

  private tell(type: string, outcome: EventOutcome, source: RequestSource): void {
    const name = eventName(type);
    this.metrics.countReceived(name, outcome);
    this.trail.record({ event: 'security_event.received', type: name, outcome, source });
  }
}

function outcomeOf(type: string, applied: readonly AppliedEvent[] | null): EventOutcome {
  if (applied === null) return 'repeated';
  const event = applied.find((each) => each.type === type);
  return event && event.grants.length + event.access.sessions + event.access.authorizations.length > 0
    ? 'applied'
    : 'no_match';
}
