import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { rows, selectList, type Projection } from '../../database/index.js';
import { EvergrantError } from '../../errors/index.js';
import { remainingSeconds } from '../holders/last-use.js';
import { secretHash } from '../holders/secret-hash.js';
import { VerifiedCallers } from '../holders/verified-callers.js';
import { ExternalPersonTokens } from './external-person-tokens.js';
import { IdentityOptions } from '../identity-options.js';
import { clientHostOf } from '../people/client-host.js';
import { SignInAdmission } from '../people/sign-in-admission.js';
import type { PersonPrincipal } from './person-principal.js';
import { isSuspended, tokenOfSuspendedTenant } from '../tenant-suspension.js';

interface VerifiedPersonToken extends Omit<PersonPrincipal, 'clientHost' | 'tokenId'> {
  id: string;
  email: string;
  remainingSeconds: number;
  suspended: boolean;
}

/** Of a token `k`, its authorization `a` and that one's person. */
export const verifiedPersonToken: Projection<VerifiedPersonToken> = {
  id: 'k.id',
  tenantId: 'k.tenant_id',
  personId: 'a.person_id',
  authorizationId: 'k.authorization_id',
  clientId: 'a.client_id',
  clientName: 'a.client_name',
  scopes: 'k.scopes',
  resource: 'k.resource',
  expiresAt: 'k.expires_at',
  email: 'people.email',
  instanceIds: `ARRAY(SELECT m.instance_id FROM person_mailboxes m
    WHERE m.tenant_id = a.tenant_id AND m.person_id = a.person_id
      AND (a.instance_ids IS NULL OR m.instance_id = ANY (a.instance_ids))
    ORDER BY m.created_at, m.instance_id)`,
  remainingSeconds,
  suspended: isSuspended('k.tenant_id'),
};

export const tokensOfPeople = `person_tokens k
  JOIN person_authorizations a ON a.tenant_id = k.tenant_id AND a.id = k.authorization_id
  JOIN people ON people.tenant_id = a.tenant_id AND people.id = a.person_id`;

/** Access tokens that clients act for people by; opaque, so that ending one works everywhere within a second. */
@Injectable()
export class PersonTokens {
  constructor(
    private readonly dataSource: DataSource,
    private readonly admission: SignInAdmission,
    private readonly callers: VerifiedCallers,
    private readonly external: ExternalPersonTokens,
    @Inject(IdentityOptions) private readonly options: IdentityOptions,
  ) {}

  /**
   * Stores a token that was issued under an authorization; only a hash of it. Those that are over go.
   * @throws EvergrantError `NOT_FOUND` for an authorization that was ended
   */
  async store(
    token: string,
    given: { authorizationId: string; scopes: readonly string[]; resource: string; lifeSeconds: number },
  ): Promise<void> {
    const stored = await rows(
      this.dataSource,
      `WITH pruned AS (DELETE FROM person_tokens WHERE expires_at <= evergrant_now())
       INSERT INTO person_tokens (tenant_id, authorization_id, token_hash, scopes, resource, expires_at)
       SELECT tenant_id, id, $2, $3::text[], $4, evergrant_now() + make_interval(secs => $5)
       FROM person_authorizations WHERE id = $1
       RETURNING id`,
      [given.authorizationId, secretHash(token), given.scopes, given.resource, given.lifeSeconds],
    );
    if (stored.length === 0)
      throw new EvergrantError('NOT_FOUND', { message: 'There is no such authorization' });
  }

  /**
   * @returns null alike for a token that is unknown, over or ended, and of a person whom no entry names any more
   * @throws EvergrantError `UNAUTHENTICATED` with a `reason` while its tenant is suspended
   */
  async verify(token: string): Promise<PersonPrincipal | null> {
    if (this.options.externalIssuer !== null) return this.external.verify(token);
    const hash = secretHash(token);
    const verified = await this.callers.verify('person-token', hash, () => this.find(hash));
    if (verified === null) return null;
    if (verified.suspended) throw tokenOfSuspendedTenant();
    return principalOf(verified);
  }

  /**
   * What a token opens that was verified before, read anew: for what has gone on since.
   * @returns null as {@link verify} does
   * @throws EvergrantError `UNAUTHENTICATED` with a `reason` while its tenant is suspended
   */
  async findLive(principal: PersonPrincipal): Promise<PersonPrincipal | null> {
    if (principal.tokenId === null) return this.external.findLive(principal);
    const { tenantId, tokenId } = principal;
    const token = await this.findBy('k.tenant_id = $1 AND k.id = $2', [tenantId, tokenId]);
    if (token === null) return null;
    if (token.suspended) throw tokenOfSuspendedTenant();
    return principalOf(token);
  }

  /** Ends one token (RFC 7009). */
  async revoke(token: string): Promise<void> {
    const [deleted] = await rows<{ id: string }>(
      this.dataSource,
      'DELETE FROM person_tokens WHERE token_hash = $1 RETURNING id',
      [secretHash(token)],
    );
    if (deleted) this.callers.forget(deleted.id);
  }

  private async find(hash: string): Promise<(VerifiedPersonToken & { holderId: string }) | null> {
    const token = await this.findBy('k.token_hash = $1', [hash]);
    return token && { ...token, holderId: token.personId };
  }

  private async findBy(condition: string, parameters: unknown[]): Promise<VerifiedPersonToken | null> {
    const [token] = await rows<VerifiedPersonToken>(
      this.dataSource,
      `SELECT ${selectList(verifiedPersonToken)} FROM ${tokensOfPeople}
       WHERE ${condition} AND k.expires_at > evergrant_now()`,
      parameters,
    );
    return token !== undefined && this.admission.stillNames(token) ? token : null;
  }
}

function principalOf(token: VerifiedPersonToken): PersonPrincipal {
  return {
    tokenId: token.id,
    tenantId: token.tenantId,
    personId: token.personId,
    authorizationId: token.authorizationId,
    clientId: token.clientId,
    clientName: token.clientName,
    clientHost: clientHostOf(token.clientId),
    scopes: token.scopes,
    resource: token.resource,
    expiresAt: token.expiresAt,
    instanceIds: token.instanceIds,
  };
}
