import { Injectable, Logger } from '@nestjs/common';
import type { Refreshed } from '../../oauth/index.js';
import type { CredentialSnapshot } from '../store/credential-snapshot.js';
import type { StoredTokens } from '../store/live-token.js';
import type { AttemptRecord } from './attempt-record.js';
import { RefreshRecords } from './refresh-records.js';
import { RefreshSealer } from './refresh-sealer.js';
import { RefreshSpill } from './refresh-spill.js';
import type { SealedRefresh } from './sealed-refresh.js';

/** The tokens are stored; or the row had moved on; or they wait for the database and are served all the same. */
export type TokenCommit =
  { status: 'stored'; tokens: StoredTokens } | { status: 'superseded' } | { status: 'waiting' };

/** Stores what a refresh brought: in the database, or on disk until the database takes it. */
@Injectable()
export class RefreshStore {
  private readonly logger = new Logger(RefreshStore.name);

  constructor(
    private readonly sealer: RefreshSealer,
    private readonly records: RefreshRecords,
    private readonly spill: RefreshSpill,
  ) {}

  /** Never rejects: a token that could not be stored is good for its caller. */
  async store(before: CredentialSnapshot, outcome: Refreshed, attempt: AttemptRecord): Promise<TokenCommit> {
    try {
      return await this.recordOrKeep(await this.sealer.seal(before, outcome, attempt));
    } catch (cause) {
      // Without the tenant's data key nothing can be sealed; the open attempt is recalled later.
      const { id: credentialId } = before;
      this.logger.error({ msg: 'A refreshed token could not be sealed', credentialId, cause: String(cause) });
      return { status: 'waiting' };
    }
  }

  private async recordOrKeep(sealed: SealedRefresh): Promise<TokenCommit> {
    try {
      const tokens = await this.records.recordTokens(sealed);
      return tokens ? { status: 'stored', tokens } : { status: 'superseded' };
    } catch (cause) {
      const { credentialId } = sealed;
      this.logger.error({ msg: 'A refreshed token could not be stored', credentialId, cause: String(cause) });
      await this.spill.keep(sealed);
      return { status: 'waiting' };
    }
  }
}
