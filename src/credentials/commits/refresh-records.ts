import { Injectable } from '@nestjs/common';
import { Subject } from 'rxjs';
import { DataSource } from 'typeorm';
import { rows } from '../../database/index.js';
import type { ErrorCode } from '../../errors/index.js';
import type { ExchangePath } from '../../oauth/index.js';
import { GroupedWrites } from '../../resilience/index.js';
import { rowVersion } from '../store/credential-predicates.js';
import type { CredentialSnapshot } from '../store/credential-snapshot.js';
import type { StoredTokens } from '../store/live-token.js';
import type { AttemptRecord } from './attempt-record.js';
import { failureStatement, tokensStatement } from './record-statements.js';
import type { SealedRefresh } from './sealed-refresh.js';

/** A refresh that brought nothing, in the taxonomy's words. */
export interface FailedRefresh {
  /** `unknown`: the token may have been spent without an answer; the attempt stays open, to be asked for. */
  outcome: 'rejected' | 'unavailable' | 'unknown';
  path: ExchangePath;
  errorCode: ErrorCode;
  reason: string;
  /** The provider's `Retry-After`; null when it gave none. */
  retryAfterSeconds: number | null;
  /** Whether the OAuth service failed on the way to it. */
  serviceFailed: boolean;
}

/** An outcome that the database holds by now, in the words of the history. */
export interface RecordedOutcome {
  path: ExchangePath;
  outcome: 'refreshed' | FailedRefresh['outcome'];
  durationMs: number;
}

/** What a refresh brought, and how long ago the provider answered. */
type Answer = SealedRefresh & { ageSeconds: number };

const limits = { writesAtOnce: 4, itemsAtOnce: 100, patienceMs: 20 };

/**
 * Writes what attempts came to: the row and its history in one statement, guarded by generation and refresh version, so
 * that the loser of a race to a newer consent or rotation changes nothing. Tokens that come together are one statement.
 */
@Injectable()
export class RefreshRecords {
  /** Each outcome once it is stored. */
  readonly recorded = new Subject<RecordedOutcome>();
  private readonly writes = new GroupedWrites<Answer, StoredTokens | null>(
    limits,
    ({ credentialId }) => credentialId,
    (answers) => this.write(answers),
  );

  constructor(private readonly dataSource: DataSource) {}

  /** Stores new tokens. Resolves with null when the row had moved on and was left alone. */
  recordTokens(sealed: SealedRefresh, ageSeconds = 0): Promise<StoredTokens | null> {
    return this.writes.add({ ...sealed, ageSeconds });
  }

  /** Records a refresh that brought nothing; tokens and verdict stay as they are. */
  async recordFailure(
    before: CredentialSnapshot,
    { outcome, path, errorCode, reason, retryAfterSeconds, serviceFailed }: FailedRefresh,
    { attemptId, leaseOwner, trigger, durationMs }: AttemptRecord,
  ): Promise<{ status: 'stored' | 'superseded' }> {
    const committed = await rows(this.dataSource, failureStatement, [
      ...rowVersion(before),
      ...[leaseOwner, errorCode, reason, outcome],
      ...[trigger, path, attemptId, durationMs, retryAfterSeconds, serviceFailed],
    ]);
    if (committed.length === 0) return { status: 'superseded' };
    this.recorded.next({ path, outcome, durationMs });
    return { status: 'stored' };
  }

  /** Whether this database holds the credential at all. */
  async knows(credentialId: string): Promise<boolean> {
    return (
      (await rows(this.dataSource, 'SELECT FROM mcp_credentials WHERE id = $1', [credentialId])).length > 0
    );
  }

  private async write(answers: readonly Answer[]): Promise<(StoredTokens | null)[]> {
    const committed = await rows<StoredTokens & { id: string }>(this.dataSource, tokensStatement, [
      JSON.stringify(answers),
    ]);
    const stored = new Map(committed.map(({ id, ...tokens }) => [id, tokens]));
    return answers.map(({ credentialId, path, durationMs }) => {
      const tokens = stored.get(credentialId);
      if (tokens) this.recorded.next({ path, outcome: 'refreshed', durationMs });
      return tokens ?? null;
    });
  }
}
