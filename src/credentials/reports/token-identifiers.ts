import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { rows } from '../../database/index.js';
import { EvergrantError } from '../../errors/index.js';
import { Clock, SingleFlight } from '../../resilience/index.js';
import { TokenCipher } from '../vault/token-cipher.js';
import { TokenFingerprints } from '../vault/token-fingerprints.js';
import { ifReadable } from '../vault/unreadable-secrets.js';
import type { ReportedToken } from './provider-report.js';

const batchSize = 500;
const longestMs = 20_000;
const prefixLength = 16;

interface Unidentified {
  id: string;
  tenantId: string;
  generation: number;
  refreshVersion: number;
  sealedRefreshToken: string;
}

/**
 * By what Google names refresh tokens (https://developers.google.com/identity/protocols/risc#token_identifiers). They
 * are stored as keyed fingerprints, so that they tell those who read the database nothing, and made when a report first
 * needs them: storing a token must not wait for that.
 */
@Injectable()
export class TokenIdentifiers {
  private readonly completing = new SingleFlight<void>();

  constructor(
    private readonly dataSource: DataSource,
    private readonly cipher: TokenCipher,
    private readonly fingerprints: TokenFingerprints,
    private readonly clock: Clock,
  ) {}

  /** What is stored for a token that a report names. */
  fingerprint({ by, value }: ReportedToken): Promise<string> {
    const named =
      by === 'hash' ? Buffer.from(value, 'base64').toString('base64') : value.slice(0, prefixLength);
    return this.fingerprints.of(`${by}:${named}`);
  }

  /**
   * Makes those that are missing, of all refresh tokens held.
   * @throws EvergrantError `SERVICE_UNAVAILABLE` when they are too many for now; what was made stays
   */
  complete(): Promise<void> {
    return this.completing.run('all', () => this.completeAll());
  }

  private async completeAll(): Promise<void> {
    const giveUpAtMs = this.clock.monotonicMs() + longestMs;
    for (;;) {
      const batch = await this.unidentified();
      await this.store(await Promise.all(batch.map((each) => this.identified(each))));
      if (batch.length < batchSize) return;
      if (this.clock.monotonicMs() > giveUpAtMs)
        throw new EvergrantError('SERVICE_UNAVAILABLE', { reason: 'token_identifiers_incomplete' });
    }
  }

  private unidentified(): Promise<Unidentified[]> {
    return rows(
      this.dataSource,
      `SELECT id, tenant_id AS "tenantId", generation, refresh_version AS "refreshVersion",
         refresh_token AS "sealedRefreshToken"
       FROM mcp_credentials
       WHERE refresh_token IS NOT NULL AND identified_version IS DISTINCT FROM refresh_version
       ORDER BY id LIMIT $1`,
      [batchSize],
    );
  }

  /** One that does not open matches nothing. */
  private async identified({ id, tenantId, generation, refreshVersion, sealedRefreshToken }: Unidentified) {
    const place = { tenantId, recordId: id, field: 'refresh_token', generation } as const;
    const token = await ifReadable(this.cipher.open(place, sealedRefreshToken));
    const [prefix, hash] =
      token === null
        ? [null, null]
        : await Promise.all([
            this.fingerprint({ by: 'prefix', value: token }),
            this.fingerprint({ by: 'hash', value: doubleHash(token) }),
          ]);
    return { id, refreshVersion, prefix, hash };
  }

  private async store(identified: readonly object[]): Promise<void> {
    if (identified.length === 0) return;
    await rows(
      this.dataSource,
      `UPDATE mcp_credentials AS c
       SET refresh_token_prefix = i.prefix, refresh_token_hash = i.hash, identified_version = i."refreshVersion"
       FROM json_to_recordset($1::json) AS i(id uuid, "refreshVersion" integer, prefix text, hash text)
       WHERE c.id = i.id AND c.refresh_version = i."refreshVersion"`,
      [JSON.stringify(identified)],
    );
  }
}

/** `hash_base64_sha512_sha512` (OAuth Event Types 1.0, section 2.1). */
function doubleHash(token: string): string {
  return createHash('sha512').update(createHash('sha512').update(token).digest()).digest('base64');
}
