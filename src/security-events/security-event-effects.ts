import { Injectable } from '@nestjs/common';
import { AuditTrail, changeEvent, type RequestSource } from '../audit/index.js';
import {
  ProviderReports,
  TokenBroker,
  type ProviderReport,
  type ReportedGrant,
} from '../credentials/index.js';
import type { SqlExecutor } from '../database/index.js';
import { AccountAccess, type EndedAccess } from '../identity/index.js';
import { consequenceOf, subjectOf } from './event-types.js';
import type { VerifiedSecurityEventToken } from './token/security-event-tokens.js';

/** What one event of a token asks for. */
interface Effect {
  type: string;
  /** Null where grants are not concerned. */
  report: ProviderReport | null;
  /** The account whose sign-ins with us end; null where none do. */
  endsAccessOf: string | null;
}

/** What one event has done. */
export interface AppliedEvent {
  type: string;
  grants: ReportedGrant[];
  access: EndedAccess;
}

const provider = 'google';

/** Does what the events of a token ask for. */
@Injectable()
export class SecurityEventEffects {
  constructor(
    private readonly reports: ProviderReports,
    private readonly access: AccountAccess,
    private readonly broker: TokenBroker,
    private readonly trail: AuditTrail,
  ) {}

  /** @throws EvergrantError `SERVICE_UNAVAILABLE` when the token has to come again */
  async prepare(token: VerifiedSecurityEventToken): Promise<Effect[]> {
    const effects = effectsOf(token);
    await this.reports.prepare(effects.flatMap(({ report }) => report ?? []));
    return effects;
  }

  /** In the caller's transaction. */
  async apply(
    executor: SqlExecutor,
    effects: readonly Effect[],
    issuedAtSeconds: number,
  ): Promise<AppliedEvent[]> {
    const applied: AppliedEvent[] = [];
    for (const { type, report, endsAccessOf } of effects) {
      const grants = report === null ? [] : await this.reports.mark(executor, report);
      const access =
        endsAccessOf === null
          ? { sessions: 0, authorizations: [] }
          : await this.access.end(executor, {
              provider,
              subject: endsAccessOf,
              beforeSeconds: issuedAtSeconds,
            });
      applied.push({ type, grants, access });
    }
    return applied;
  }

  /** Once that is committed: memory drops what has changed, spikes are held, and every tenant's log says so. */
  async follow(applied: readonly AppliedEvent[], source: RequestSource): Promise<void> {
    const grants = applied.flatMap((event) => event.grants);
    for (const { credentialId } of grants) this.broker.forget(credentialId);
    for (const { access } of applied) this.access.forget(access);
    await this.reports.settle(grants);
    for (const { tenantId, ...entry } of entriesOf(grants)) {
      const actor = { kind: 'provider', id: provider, tenantId } as const;
      await this.trail.keep({ event: 'grant.reported', actor, ...entry, source });
    }
    for (const { id, tenantId } of applied.flatMap(({ access }) => access.authorizations)) {
      const actor = { kind: 'provider', id: provider, tenantId } as const;
      await this.trail.keep(changeEvent('authorization.ended', actor, id, source));
    }
  }
}

interface ReportedInTenant {
  tenantId: string;
  reason: string;
  outcome: string;
  credentialIds: string[];
}

/** What each tenant's log says: an entry for each thing that was done for a reason. */
function entriesOf(grants: readonly ReportedGrant[]): ReportedInTenant[] {
  const entries = new Map<string, ReportedInTenant>();
  for (const { tenantId, reason, does, credentialId } of grants) {
    const key = `${tenantId} ${reason} ${does}`;
    const entry = entries.get(key) ?? { tenantId, reason, outcome: does, credentialIds: [] };
    entry.credentialIds.push(credentialId);
    entries.set(key, entry);
  }
  return [...entries.values()];
}

function effectsOf({ claims, clientIds }: VerifiedSecurityEventToken): Effect[] {
  return Object.entries(claims.events).map(([type, payload]) => {
    const consequence = consequenceOf(type);
    const about = consequence && subjectOf(payload, claims.iss);
    if (!consequence || !about) return { type, report: null, endsAccessOf: null };
    const { reason, says, endsAccess } = consequence;
    const isOfAccount = 'subject' in about;
    return {
      type,
      report:
        reason === null || says === null
          ? null
          : { provider, clientIds, about, says, reason, issuedAtSeconds: claims.iat },
      endsAccessOf: endsAccess && isOfAccount ? about.subject : null,
    };
  });
}
