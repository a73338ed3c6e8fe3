import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { rows, selectList, type Projection } from '../../database/index.js';
import type { ApiCaller } from '../holders/api-principal.js';
import { apiRights, knownRights, type ApiRight } from '../holders/api-right.js';
import { IdentityOptions } from '../identity-options.js';
import { LastUse, useUnrecorded } from '../holders/last-use.js';
import { newSecret, secretHash } from '../holders/secret-hash.js';
import { isSuspended } from '../tenant-suspension.js';

export const sessionLifeSeconds = 12 * 3600;

/** Whom a session belongs to; neither tenant nor key means the operator. */
export interface VerifiedSession {
  tenantId: string | null;
  apiKeyId: string | null;
  /** Those of the key it was opened with. */
  rights: ReadonlySet<ApiRight>;
  expiresAt: Date;
  /** Whether its tenant is. */
  suspended: boolean;
}

type VerifiedSessionRow = Omit<VerifiedSession, 'rights'> & {
  rights: string[] | null;
  useUnrecorded: boolean;
};

export const verifiedSession: Projection<VerifiedSessionRow> = {
  tenantId: 'session.tenant_id',
  apiKeyId: 'session.api_key_id',
  expiresAt: 'session.expires_at',
  rights: 'key.rights',
  suspended: isSuspended('session.tenant_id'),
  useUnrecorded: useUnrecorded('key'),
};

export const sessionsWithKeys =
  'console_sessions AS session LEFT JOIN api_keys AS key ON key.id = session.api_key_id';

/** Browsers that showed a key once: twelve hours, and no longer than the key. */
@Injectable()
export class ConsoleSessions {
  constructor(
    private readonly dataSource: DataSource,
    private readonly lastUse: LastUse,
    @Inject(IdentityOptions) private readonly options: IdentityOptions,
  ) {}

  /** @returns the secret for the browser's cookie; only a hash of it is stored */
  async open(caller: ApiCaller): Promise<{ secret: string; expiresAt: Date }> {
    const secret = newSecret();
    const [session] = await rows<{ expiresAt: Date }>(
      this.dataSource,
      `WITH pruned AS (DELETE FROM console_sessions WHERE expires_at <= evergrant_now())
       INSERT INTO console_sessions (session_hash, tenant_id, api_key_id, expires_at)
       VALUES ($1, $2, $3, least($4::timestamptz, evergrant_now() + make_interval(secs => $5)))
       RETURNING expires_at AS "expiresAt"`,
      [
        caller.operator ? this.operatorHash(secret) : secretHash(secret),
        caller.tenantId,
        caller.apiKeyId,
        caller.expiresAt,
        sessionLifeSeconds,
      ],
    );
    if (!session) throw new Error('The console session could not be stored');
    return { secret, expiresAt: session.expiresAt };
  }

  /** @returns null for a session that is unknown, over, or whose key is gone */
  async verify(secret: string): Promise<VerifiedSession | null> {
    const [session] = await rows<VerifiedSessionRow>(
      this.dataSource,
      `SELECT ${selectList(verifiedSession)} FROM ${sessionsWithKeys}
       WHERE session.session_hash IN ($1, $2) AND session.expires_at > evergrant_now()`,
      this.hashes(secret),
    );
    if (session === undefined) return null;
    const { rights, useUnrecorded: isUnrecorded, ...found } = session;
    if (isUnrecorded && found.apiKeyId !== null) this.lastUse.record('api_keys', found.apiKeyId);
    return { ...found, rights: knownRights(rights ?? apiRights) };
  }

  async close(secret: string): Promise<void> {
    await rows(
      this.dataSource,
      'DELETE FROM console_sessions WHERE session_hash IN ($1, $2)',
      this.hashes(secret),
    );
  }

  private hashes(secret: string): [string, string] {
    return [secretHash(secret), this.operatorHash(secret)];
  }

  /** The operator's key is in no table: mixed in here, a new one ends the sessions opened with the old one. */
  private operatorHash(secret: string): string {
    return secretHash(`${secret}.${this.options.adminApiKey}`);
  }
}
