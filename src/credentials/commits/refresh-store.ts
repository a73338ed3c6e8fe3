import { Injectable, Logger } from '@nestjs/common';
import type { Refreshed } from '../../oauth/index.js';
import type { CredentialSnapshot } from '../store/credential-snapshot.js';
import type { StoredTokens } from '../store/live-token.js';
import type { RefreshAttempt } from './refresh-attempt.js';
import { RefreshCommitter } from './refresh-committer.js';
import { RefreshSpill } from './refresh-spill.js';
import type { SealedRefresh } from './sealed-refresh.js';
import { TokenCommits } from './token-commits.js';

/** What was stored; or the row had moved on; or the database is away and the token is served all the same. */
type Stored = StoredTokens | 'superseded' | 'waiting';

/** Stores what a refresh brought: in the database, or on disk until that takes it. */
@Injectable()
export class RefreshStore {
  private readonly logger = new Logger(RefreshStore.name);

  constructor(
    private readonly committer: RefreshCommitter,
    private readonly commits: TokenCommits,
    private readonly spill: RefreshSpill,
  ) {}

  /** Never rejects: a token that could not be stored is good for its caller. */
  async store(before: CredentialSnapshot, outcome: Refreshed, attempt: RefreshAttempt): Promise<Stored> {
    try {
      const sealed = await this.committer.seal(before, outcome, attempt);
      const stored = await this.commitOrKeep(sealed);
      if (typeof stored === 'object') attempt.lease.givenBack();
      return stored;
    } catch (cause) {
      // Without the tenant's data key nothing can be sealed; the open attempt is recalled later.
      const { id: credentialId } = before;
      this.logger.error({ msg: 'A refreshed token could not be sealed', credentialId, cause: String(cause) });
      return 'waiting';
    }
  }

  private async commitOrKeep(sealed: SealedRefresh): Promise<Stored> {
    try {
      return (await this.commits.commit(sealed)) ?? 'superseded';
    } catch (cause) {
      const { credentialId } = sealed;
      this.logger.error({ msg: 'A refreshed token could not be stored', credentialId, cause: String(cause) });
      await this.spill.keep(sealed);
      return 'waiting';
    }
  }
}
