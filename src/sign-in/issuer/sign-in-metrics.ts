import { Injectable } from '@nestjs/common';
import { Counter } from 'prom-client';
import { labelCombinations, MetricsRegistry } from '../../metrics/index.js';

const registrationOutcomes = ['registered', 'refused', 'rate_limited'] as const;
const consentOutcomes = ['shown', 'google', 'allowed', 'denied', 'refused'] as const;
const grants = ['authorization_code', 'refresh_token', 'other'] as const;
/** Beside the errors of RFC 6749, section 5.2, and RFC 8707, section 2. */
const tokenOutcomes = [
  ...['issued', 'temporarily_unavailable', 'server_error', 'invalid_request', 'invalid_client'],
  ...['invalid_grant', 'unauthorized_client', 'unsupported_grant_type', 'invalid_scope', 'invalid_target'],
  'other',
] as const;

/** Why an authorization ended at the authorization server. */
export const endReasons = ['refresh_token_reused', 'code_replayed', 'revoked_by_client', 'unused'] as const;
export type EndReason = (typeof endReasons)[number];

/** Clients, consents and tokens of people; no label tells a tenant, a person or a client. */
@Injectable()
export class SignInMetrics {
  private readonly registrations: Counter<'outcome'>;
  private readonly consents: Counter<'outcome'>;
  private readonly tokens: Counter<'grant' | 'outcome'>;
  private readonly ends: Counter<'reason'>;

  constructor(registry: MetricsRegistry) {
    const registers = [registry];
    this.registrations = new Counter({
      name: 'evergrant_client_registrations_total',
      help: 'Registrations of MCP clients: registered, refused, rate_limited',
      labelNames: ['outcome'],
      registers,
    });
    this.consents = new Counter({
      name: 'evergrant_client_consents_total',
      help: 'What people did at the page of a client: shown, google, allowed, denied, refused',
      labelNames: ['outcome'],
      registers,
    });
    this.tokens = new Counter({
      name: 'evergrant_client_token_requests_total',
      help: 'Requests at the token endpoint by grant type: issued, or the error of RFC 6749',
      labelNames: ['grant', 'outcome'],
      registers,
    });
    this.ends = new Counter({
      name: 'evergrant_client_authorizations_ended_total',
      help: 'Authorizations of clients ended here: refresh_token_reused, code_replayed, revoked_by_client, unused',
      labelNames: ['reason'],
      registers,
    });
    for (const series of labelCombinations({ outcome: registrationOutcomes }))
      this.registrations.inc(series, 0);
    for (const series of labelCombinations({ outcome: consentOutcomes })) this.consents.inc(series, 0);
    for (const series of labelCombinations({ grant: grants, outcome: tokenOutcomes }))
      this.tokens.inc(series, 0);
    for (const series of labelCombinations({ reason: endReasons })) this.ends.inc(series, 0);
  }

  registered(outcome: (typeof registrationOutcomes)[number]): void {
    this.registrations.inc({ outcome });
  }

  decided(outcome: (typeof consentOutcomes)[number]): void {
    this.consents.inc({ outcome });
  }

  /** @param problem the error that was answered; null for tokens */
  tokenAnswered(grantType: unknown, problem: string | null): void {
    const grant = grants.find((known) => known === grantType) ?? 'other';
    const outcome = tokenOutcomes.find((known) => known === (problem ?? 'issued')) ?? 'other';
    this.tokens.inc({ grant, outcome });
  }

  ended(reason: EndReason): void {
    this.ends.inc({ reason });
  }
}
