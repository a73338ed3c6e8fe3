import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { recordChange } from '../../audit/index.js';
import { rows, selectList, type Projection } from '../../database/index.js';
import type { ApiPrincipal } from '../holders/api-principal.js';
import { remainingSeconds } from '../holders/last-use.js';
import { newSecret, secretHash } from '../holders/secret-hash.js';
import { VerifiedCallers } from '../holders/verified-callers.js';
import { IdentityOptions } from '../identity-options.js';
import { isSuspended } from '../tenant-suspension.js';

/** How all of them begin. */
export const connectSessionPrefix = 'egcs_';

/** Long enough to sign in at Google; a page asks its own server for another one after that. */
const connectSessionLifeSeconds = 15 * 60;

/** A session that is good now. */
interface VerifiedConnectSession {
  id: string;
  tenantId: string;
  apiKeyId: string | null;
  /** Null for all of the tenant's. */
  instanceIds: string[] | null;
  expiresAt: Date;
  remainingSeconds: number;
  /** Whether its tenant is. */
  suspended: boolean;
}

/** Of {@link connectSessionsWithKeys}. */
export const verifiedConnectSession: Projection<VerifiedConnectSession> = {
  id: 'session.id',
  tenantId: 'session.tenant_id',
  apiKeyId: 'session.api_key_id',
  instanceIds: 'session.instance_ids',
  expiresAt: 'session.expires_at',
  remainingSeconds: remainingSeconds.replace('expires_at', 'session.expires_at'),
  suspended: isSuspended('session.tenant_id'),
};

export const connectSessionsWithKeys = `connect_sessions AS session
  LEFT JOIN api_keys AS key ON key.tenant_id = session.tenant_id AND key.id = session.api_key_id`;

/** Its key is still good, and may still do what the session may; the operator's is in no table. */
const keyIsGood = `(session.api_key_id IS NULL OR 'instances:write' = ANY (key.rights)
  AND (key.expires_at IS NULL OR key.expires_at > evergrant_now()))`;

/** Pages of other origins that may see and connect named instances: a quarter of an hour, and no longer than the key. */
@Injectable()
export class ConnectSessions {
  constructor(
    private readonly dataSource: DataSource,
    private readonly callers: VerifiedCallers,
    @Inject(IdentityOptions) private readonly options: IdentityOptions,
  ) {}

  /**
   * Opens a session in the caller's tenant; those that are over go.
   * @param instanceIds that are the tenant's; null for all, later ones included
   * @returns its secret, shown once; only a hash of it is stored
   */
  async open(
    caller: ApiPrincipal,
    instanceIds: readonly string[] | null,
  ): Promise<{ id: string; token: string; expiresAt: Date }> {
    const token = newSecret(connectSessionPrefix);
    return this.dataSource.transaction(async (manager) => {
      const [session] = await rows<{ id: string; expiresAt: Date }>(
        manager,
        `WITH pruned AS (DELETE FROM connect_sessions WHERE expires_at <= evergrant_now())
         INSERT INTO connect_sessions (session_hash, tenant_id, api_key_id, instance_ids, expires_at)
         VALUES ($1, $2, $3, $4::uuid[], least($5::timestamptz, evergrant_now() + make_interval(secs => $6)))
         RETURNING id, expires_at AS "expiresAt"`,
        [
          ...[caller.apiKeyId === null ? this.operatorHash(token) : secretHash(token), caller.tenantId],
          ...[caller.apiKeyId, instanceIds, caller.expiresAt, connectSessionLifeSeconds],
        ],
      );
      if (!session) throw new Error('The connect session could not be stored');
      await recordChange(manager, caller.tenantId, 'connect_session.created', session.id);
      return { ...session, token };
    });
  }

  /** @returns null alike for a session that is unknown or over, and for one whose key is gone, over or has lost its right */
  verify(token: string): Promise<VerifiedConnectSession | null> {
    const hashes: [string, string] = [secretHash(token), this.operatorHash(token)];
    return this.callers.verify('connect-session', hashes[0], () => this.find(hashes));
  }

  private async find(
    hashes: [string, string],
  ): Promise<(VerifiedConnectSession & { holderId?: string }) | null> {
    const [session] = await rows<VerifiedConnectSession>(
      this.dataSource,
      `SELECT ${selectList(verifiedConnectSession)} FROM ${connectSessionsWithKeys}
       WHERE session.session_hash IN ($1, $2) AND session.expires_at > evergrant_now() AND ${keyIsGood}`,
      hashes,
    );
    if (session === undefined) return null;
    // What happens to the key happens to what was made with it.
    return session.apiKeyId === null ? session : { ...session, holderId: session.apiKeyId };
  }

  /** The operator's key is in no table: mixed in here, a new one ends the sessions made with the old one. */
  private operatorHash(token: string): string {
    return secretHash(`${token}.${this.options.adminApiKey}`);
  }
}
