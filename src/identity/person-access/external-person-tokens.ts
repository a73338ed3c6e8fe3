import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { z } from 'zod';
import { rows, selectList } from '../../database/index.js';
import { secretHash } from '../holders/secret-hash.js';
import { VerifiedCallers } from '../holders/verified-callers.js';
import { IdentityOptions } from '../identity-options.js';
import { People, person, type Person } from '../people/people.js';
import { SignInAdmission } from '../people/sign-in-admission.js';
import { isSuspended, tokenOfSuspendedTenant } from '../tenant-suspension.js';
import { ExternalIssuer } from './external-issuer.js';
import type { PersonPrincipal } from './person-principal.js';

/** What is read of an access token (RFC 9068, section 2.2; OpenID Connect Core, section 5.1). */
const tokenClaims = z.object({
  sub: z.string().min(1),
  exp: z.number(),
  aud: z.union([z.string(), z.string().array()]),
  email: z.string().optional(),
  email_verified: z.boolean().optional(),
  scope: z.string().optional(),
  scp: z.union([z.string(), z.string().array()]).optional(),
  client_id: z.string().optional(),
  azp: z.string().optional(),
});
type TokenClaims = z.output<typeof tokenClaims>;

interface ExternalCaller {
  id: string;
  holderId: string;
  tenantId: string;
  remainingSeconds: number;
  suspended: boolean;
  principal: PersonPrincipal;
}

/**
 * People who call with tokens of an external authorization server: known by its subject, else by an address that it has
 * verified, as far as `SIGN_IN_DOMAINS` and `SIGN_IN_EMAILS` name them.
 */
@Injectable()
export class ExternalPersonTokens {
  private readonly issuer: ExternalIssuer;

  constructor(
    private readonly dataSource: DataSource,
    private readonly people: People,
    private readonly admission: SignInAdmission,
    private readonly callers: VerifiedCallers,
    @Inject(IdentityOptions) { publicUrl, externalIssuer }: IdentityOptions,
  ) {
    this.issuer = new ExternalIssuer(externalIssuer ?? { issuer: publicUrl, audience: publicUrl });
  }

  /**
   * @returns null for a token that is not good, and for a person who may not sign in
   * @throws EvergrantError `UNAUTHENTICATED` with a `reason` while the tenant is suspended; `SERVICE_UNAVAILABLE` while
   * the issuer's keys cannot be fetched
   */
  async verify(token: string): Promise<PersonPrincipal | null> {
    const found = await this.callers.verify('person-token', secretHash(token), () => this.find(token));
    if (found === null) return null;
    if (found.suspended) throw tokenOfSuspendedTenant();
    return found.principal;
  }

  /** What a token opens that was verified before, as far as that is not its issuer's to say. @returns null as {@link verify} does */
  async findLive(principal: PersonPrincipal): Promise<PersonPrincipal | null> {
    const { tenantId, personId, expiresAt } = principal;
    const active = await this.people.findActive(tenantId, personId);
    if (active === null || expiresAt.getTime() <= Date.now()) return null;
    const { instanceIds } = await this.surroundings(active);
    return { ...principal, instanceIds };
  }

  private async find(token: string): Promise<ExternalCaller | null> {
    const claims = tokenClaims.safeParse(await this.issuer.verify(token)).data;
    const known = claims === undefined ? null : await this.personOf(claims);
    if (claims === undefined || known === null) return null;
    const { tenantId, id: personId } = known;
    const surroundings = await this.surroundings(known);
    return {
      ...{ id: personId, holderId: personId, tenantId, suspended: surroundings.suspended },
      remainingSeconds: claims.exp - Math.floor(Date.now() / 1000),
      principal: {
        ...{ tokenId: null, tenantId, personId, authorizationId: `external:${personId}` },
        // What vouches for its clients, the other issuer does not say.
        ...{ clientId: claims.client_id ?? claims.azp ?? 'external', clientName: null, clientHost: null },
        ...{ scopes: scopesOf(claims), resource: String([claims.aud].flat()[0]) },
        ...{ expiresAt: new Date(claims.exp * 1000), instanceIds: surroundings.instanceIds },
      },
    };
  }

  private async personOf({ sub: subject, email, email_verified }: TokenClaims): Promise<Person | null> {
    const address = email_verified === true && email !== undefined ? email : null;
    const [found] = await rows<Person>(
      this.dataSource,
      `SELECT ${selectList(person)} FROM people
       WHERE (provider = $1 AND subject = $2) OR lower(email) = lower($3::text)
       ORDER BY provider = $1 DESC, created_at LIMIT 1`,
      [this.issuer.name, subject, address],
    );
    if (found !== undefined) return this.admission.stillNames(found) ? found : null;
    if (address === null) return null;
    const account = { provider: this.issuer.name, subject, email: address, isEmailVerified: true };
    // The operator has named this issuer, which vouches for the addresses that it tells.
    const hostedDomain = address.slice(address.lastIndexOf('@') + 1);
    const admitted = await this.people.admit({ ...account, hostedDomain });
    return admitted.status === 'admitted' ? admitted.person : null;
  }

  private async surroundings({
    tenantId,
    id,
  }: Person): Promise<{ suspended: boolean; instanceIds: string[] }> {
    const [found] = await rows<{ suspended: boolean; instanceIds: string[] }>(
      this.dataSource,
      `SELECT ${isSuspended('$1::uuid')} AS suspended,
         ARRAY(SELECT instance_id FROM person_mailboxes WHERE tenant_id = $1 AND person_id = $2
           ORDER BY created_at, instance_id) AS "instanceIds"`,
      [tenantId, id],
    );
    return found ?? { suspended: false, instanceIds: [] };
  }
}

function scopesOf({ scope, scp }: TokenClaims): string[] {
  const given = scope ?? scp ?? '';
  return typeof given === 'string' ? given.split(' ').filter(Boolean) : given;
}
