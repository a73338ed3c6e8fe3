import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { rows, selectList, type Projection } from '../../database/index.js';
import { IdentityOptions } from '../identity-options.js';
import { newSecret, secretHash } from '../holders/secret-hash.js';
import { VerifiedCallers } from '../holders/verified-callers.js';
import { authorization, type Authorization } from '../people/person-authorizations.js';

const linkLifeSeconds = 600;
/** To come back from the provider. */
const agreedLifeSeconds = 3_600;
/** So long a link says what became of it. */
const keptSeconds = 86_400;

/** What a client lacks, and asks its person for by a link. */
export interface Widening {
  authorization: Authorization;
  /** Those that the client lacks. */
  scopes: string[];
  /** The mailbox in which it lacked them; null for none. */
  instanceId: string | null;
  /** Of the scopes, what the person agreed to before going to the provider. */
  agreedScopes: string[] | null;
  status: 'open' | 'over' | 'allowed' | 'denied';
}

type WideningRow = Omit<Widening, 'authorization'>;

/** Of a link `w`. */
export const wideningRow: Projection<WideningRow> = {
  scopes: 'w.scopes',
  instanceId: 'w.instance_id',
  agreedScopes: 'w.agreed_scopes',
  status: "coalesce(w.decision, CASE WHEN w.expires_at > evergrant_now() THEN 'open' ELSE 'over' END)",
};

/** Where the page of a link is. */
export function wideningPath(ticket: string): string {
  return `/sign-in/more/${ticket}`;
}

/** Lets people allow clients more than they did, without another sign-in of the client. */
@Injectable()
export class PersonWidenings {
  constructor(
    private readonly dataSource: DataSource,
    private readonly callers: VerifiedCallers,
    @Inject(IdentityOptions) private readonly options: IdentityOptions,
  ) {}

  /**
   * A link to the page on which the person of an authorization decides, once, within ten minutes; only a hash of its
   * ticket is stored. Null where another authorization server decides, and for an authorization that was ended.
   */
  async issue(
    authorizationId: string,
    { scopes, instanceId }: { scopes: readonly string[]; instanceId: string | null },
  ): Promise<string | null> {
    if (this.options.externalIssuer !== null) return null;
    const ticket = newSecret();
    const stored = await rows(
      this.dataSource,
      `WITH pruned AS (
         DELETE FROM person_widenings WHERE expires_at <= evergrant_now() - make_interval(secs => $6))
       INSERT INTO person_widenings (ticket_hash, tenant_id, authorization_id, instance_id, scopes, expires_at)
       SELECT $2, tenant_id, id, $3::uuid, $4::text[], evergrant_now() + make_interval(secs => $5)
       FROM person_authorizations WHERE id = $1
       RETURNING ticket_hash`,
      [authorizationId, secretHash(ticket), instanceId, scopes, linkLifeSeconds, keptSeconds],
    );
    return stored.length === 0 ? null : this.options.publicUrl + wideningPath(ticket);
  }

  /** Null for a ticket that is unknown, and for one of an authorization that was ended. */
  async find(ticket: string): Promise<Widening | null> {
    const [found] = await rows<Authorization & { widening: WideningRow }>(
      this.dataSource,
      `SELECT ${selectList(authorization)}, (SELECT to_jsonb(told) FROM (SELECT ${selectList(wideningRow)}) told) AS widening
       FROM person_widenings w
       JOIN person_authorizations a ON a.tenant_id = w.tenant_id AND a.id = w.authorization_id
       WHERE w.ticket_hash = $1`,
      [secretHash(ticket)],
    );
    if (found === undefined) return null;
    const { widening, ...its } = found;
    return { authorization: its, ...widening };
  }

  /** Notes what a person agrees to, who goes to the provider now. @returns false for a link that is not open any more */
  async agree(ticket: string, scopes: readonly string[]): Promise<boolean> {
    const agreed = await rows(
      this.dataSource,
      `UPDATE person_widenings w SET agreed_scopes = $2::text[],
         expires_at = evergrant_now() + make_interval(secs => $3)
       WHERE ${isOpen} AND w.scopes @> $2::text[] RETURNING ticket_hash`,
      [secretHash(ticket), scopes, agreedLifeSeconds],
    );
    return agreed.length > 0;
  }

  /**
   * Spends a link: what the authorization holds, and its tokens, hold these scopes as well, in every process within a
   * second. A token for which the client asked less is left as it is.
   * @returns what it holds then; null for a link that is not open any more
   */
  async allow(ticket: string, scopes: readonly string[]): Promise<string[] | null> {
    const [widened] = await rows<{ personId: string; scopes: string[] }>(
      this.dataSource,
      `WITH spent AS (
         UPDATE person_widenings w SET decision = 'allowed' WHERE ${isOpen} AND w.scopes @> $2::text[]
         RETURNING w.tenant_id, w.authorization_id),
       held AS (
         SELECT a.tenant_id, a.id, a.scopes AS before,
           a.scopes || ARRAY(SELECT more FROM unnest($2::text[]) more WHERE more <> ALL (a.scopes)) AS scopes
         FROM spent JOIN person_authorizations a ON a.tenant_id = spent.tenant_id AND a.id = spent.authorization_id
         FOR UPDATE OF a),
       widened AS (
         UPDATE person_authorizations a SET scopes = held.scopes, updated_at = evergrant_now() FROM held
         WHERE a.tenant_id = held.tenant_id AND a.id = held.id RETURNING a.person_id, a.scopes),
       tokens AS (
         UPDATE person_tokens k SET scopes = held.scopes FROM held
         WHERE k.tenant_id = held.tenant_id AND k.authorization_id = held.id AND k.scopes @> held.before)
       SELECT person_id AS "personId", scopes FROM widened`,
      [secretHash(ticket), scopes],
    );
    if (widened === undefined) return null;
    this.callers.forget(widened.personId);
    return widened.scopes;
  }

  /** Spends a link, and changes nothing. @returns false for a link that is not open any more */
  async deny(ticket: string): Promise<boolean> {
    const denied = await rows(
      this.dataSource,
      `UPDATE person_widenings w SET decision = 'denied' WHERE ${isOpen} RETURNING ticket_hash`,
      [secretHash(ticket)],
    );
    return denied.length > 0;
  }
}

const isOpen = 'w.ticket_hash = $1 AND w.decision IS NULL AND w.expires_at > evergrant_now()';
