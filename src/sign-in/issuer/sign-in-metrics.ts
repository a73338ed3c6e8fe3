import { Injectable } from '@nestjs/common';
import { Counter } from 'prom-client';
import { MetricsRegistry } from '../../metrics/index.js';

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
      help: 'What people decided on the page of a client: shown, google, allowed, denied, refused',
      labelNames: ['outcome'],
      registers,
    });
    this.tokens = new Counter({
      name: 'evergrant_client_token_requests_total',
      help: 'Requests at the token endpoint by grant type, and issued or the error of RFC 6749',
      labelNames: ['grant', 'outcome'],
      registers,
    });
    this.ends = new Counter({
      name: 'evergrant_client_authorizations_ended_total',
      help: 'Authorizations of clients ended here: refresh_token_reused, code_replayed, revoked_by_client, unused',
      labelNames: ['reason'],
      registers,
    });
  }

  registered(outcome: 'registered' | 'refused' | 'rate_limited'): void {
    this.registrations.inc({ outcome });
  }

  decided(outcome: 'shown' | 'google' | 'allowed' | 'denied' | 'refused'): void {
    this.consents.inc({ outcome });
  }

  tokenAnswered(grant: string, outcome: string): void {
    this.tokens.inc({ grant, outcome });
  }

  ended(reason: string): void {
    this.ends.inc({ reason });
  }
}
