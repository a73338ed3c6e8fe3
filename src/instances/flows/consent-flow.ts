import { createHmac } from 'node:crypto';
import type { Projection } from '../../database/index.js';
import { newSecret, secretHash } from '../../identity/index.js';
import type { ProviderName } from '../../oauth/index.js';
import type { ConsentOutcome } from './consent-outcome.js';

/** How long a ticket can be spent, and a state used. */
export const stateLifeSeconds = 600;

/** How long a consent can be tried again in the browser that began it, from its ticket's spending on. */
export const flowLifeSeconds = 3600;

/** A consent on its way. */
export interface ConsentFlow {
  id: string;
  tenantId: string;
  instanceId: string;
  /** The provider of its instance. */
  provider: ProviderName;
  oauthClientId: string | null;
  returnTo: string | null;
  consentForced: boolean;
  /** The only account that may consent, by address or subject; null when any may. */
  requiredAccount: string | null;
  /** Names it, and its cookie, to the browser; no secret. */
  handle: string;
  /** How it ended last, if it did. */
  outcome: ConsentOutcome | null;
}

/** What travels with the browser: `state` through the provider, `browserSecret` in the flow cookie. */
export interface FlowSecrets {
  state: string;
  browserSecret: string;
}

const handleLength = 16;

/** Of a flow `f` and its instance `i`. */
export const consentFlow: Projection<ConsentFlow> = {
  id: 'f.id',
  tenantId: 'f.tenant_id',
  instanceId: 'f.instance_id',
  provider: 'i.provider',
  oauthClientId: 'f.oauth_client_id',
  returnTo: 'f.return_to',
  consentForced: 'f.consent_forced',
  requiredAccount: 'f.required_account',
  handle: `left(f.ticket_hash, ${handleLength})`,
  outcome: 'f.outcome',
};

/** The handle of the flow that a ticket belongs to. */
export function handleOfTicket(ticket: string): string {
  return secretHash(ticket).slice(0, handleLength);
}

/** A new state. It begins with its flow's handle, so that the callback finds the cookie of that flow. */
export function newState(handle: string): string {
  return handle + newSecret();
}

export function handleOfState(state: string): string {
  return state.slice(0, handleLength);
}

/** The PKCE verifier (RFC 7636 section 4.1): only the browser's cookie yields it, so the database need not hold it. */
export function codeVerifier({ state, browserSecret }: FlowSecrets): string {
  return createHmac('sha256', browserSecret).update(state).digest('base64url');
}
