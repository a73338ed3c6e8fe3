import { Injectable, Logger, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { timeout, TimeoutStrategy } from 'cockatiel';
import { LateDatabase, rows } from '../../database/index.js';
import { EvergrantError } from '../../errors/index.js';
import { SharedOutcomes, type RecalledAttempt, type RefreshOutcome } from '../../oauth/index.js';
import { Recurrence } from '../../resilience/index.js';
import { MasterKeyring } from '../vault/master-keyring.js';
import { UnreadableSecrets } from '../vault/unreadable-secrets.js';

/** Longer than any attempt takes: an older one without outcome died with its process. */
const longestAttemptSeconds = 30;
/** A rotated token may be nowhere else, so it waits for the next holder of the lease. */
const keptForSeconds = 86_400;
const pruneEveryMs = 60_000;
const pruneAtOnce = 1_000;
const replayEveryMs = 1_000;
/** No refresh waits longer for a database than this. */
const answerLimitMs = 1_500;

/** An outcome, sealed, on its way into the database. */
interface SettledAttempt {
  attemptId: string;
  requestDigest: string;
  sealed: string;
}

/**
 * What replicas of the OAuth service know of each other's attempts: in the database, sealed with a master key, since
 * the service knows no tenant. Without the database each goes on with what it knows itself, and shares that once the
 * database is back.
 */
@Injectable()
export class RefreshOutcomes extends SharedOutcomes implements OnModuleInit, OnApplicationShutdown {
  private readonly logger = new Logger(RefreshOutcomes.name);
  private readonly pruning = new Recurrence(pruneEveryMs, () => this.prune());
  private readonly waiting = new Map<string, SettledAttempt>();
  private readonly replays = new Recurrence(replayEveryMs, () => this.replay());

  constructor(
    private readonly database: LateDatabase,
    private readonly keyring: MasterKeyring,
    private readonly unreadable: UnreadableSecrets,
  ) {
    super();
  }

  onModuleInit(): void {
    this.pruning.start();
    this.replays.start();
  }

  async onApplicationShutdown(): Promise<void> {
    await this.pruning.stop();
    await this.replays.stop();
    await this.replay();
    await this.database.close();
  }

  override async begin(attemptId: string, requestDigest: string): Promise<boolean> {
    const known = await this.inTime(() =>
      rows<{ begun: boolean; digest: string }>(
        this.database,
        `WITH begun AS (
           INSERT INTO refresh_outcomes (attempt_id, request_digest) VALUES ($1, $2) ON CONFLICT DO NOTHING
           RETURNING request_digest
         )
         SELECT true AS begun, request_digest AS digest FROM begun
         UNION ALL SELECT false, request_digest FROM refresh_outcomes WHERE attempt_id = $1`,
        [attemptId, requestDigest],
      ),
    ).catch((cause: unknown) => this.unshared(attemptId, cause));
    const attempt = known?.at(0);
    if (attempt && attempt.digest !== requestDigest)
      throw new EvergrantError('CONFLICT', { reason: 'attempt_id_reused' });
    return attempt?.begun ?? true;
  }

  override async settle(attemptId: string, requestDigest: string, outcome: RefreshOutcome): Promise<void> {
    const sealed = this.keyring.wrap(Buffer.from(JSON.stringify(outcome)), binding(attemptId));
    const settled = { attemptId, requestDigest, sealed };
    await this.store(settled).catch((cause: unknown) => {
      this.waiting.set(attemptId, settled);
      this.unshared(attemptId, cause);
    });
  }

  override async recall(attemptId: string): Promise<RecalledAttempt> {
    try {
      const [found] = await this.inTime(() =>
        rows<{ sealedOutcome: string | null; runs: boolean }>(
          this.database,
          `SELECT sealed_outcome AS "sealedOutcome",
                  started_at > evergrant_now() - make_interval(secs => $2) AS runs
           FROM refresh_outcomes WHERE attempt_id = $1`,
          [attemptId, longestAttemptSeconds],
        ),
      );
      if (!found) return { status: 'unknown' };
      const { sealedOutcome } = found;
      if (sealedOutcome === null) return { status: found.runs ? 'running' : 'unknown' };
      const outcome = await this.unreadable.watch('refresh_outcome', { attemptId }, async () =>
        this.keyring.unwrap(sealedOutcome, binding(attemptId)).toString(),
      );
      return { status: 'settled', outcome: JSON.parse(outcome) as RefreshOutcome };
    } catch (cause) {
      // Another replica may know it: only the database could tell.
      this.unshared(attemptId, cause);
      return { status: 'unavailable' };
    }
  }

  private async store({ attemptId, requestDigest, sealed }: SettledAttempt): Promise<void> {
    await this.inTime(() =>
      rows(
        this.database,
        `INSERT INTO refresh_outcomes (attempt_id, request_digest, sealed_outcome) VALUES ($1, $2, $3)
         ON CONFLICT (attempt_id) DO UPDATE SET sealed_outcome = $3`,
        [attemptId, requestDigest, sealed],
      ),
    );
  }

  /** Never rejects: the database may still be away. */
  private async replay(): Promise<void> {
    for (const settled of this.waiting.values()) {
      try {
        await this.store(settled);
      } catch {
        return;
      }
      this.waiting.delete(settled.attemptId);
      this.logger.log({ msg: 'An attempt is shared after all', attemptId: settled.attemptId });
    }
  }

  private async prune(): Promise<void> {
    await rows(
      this.database,
      `DELETE FROM refresh_outcomes WHERE attempt_id IN (
         SELECT attempt_id FROM refresh_outcomes
         WHERE started_at < evergrant_now() - make_interval(secs => $1) ORDER BY started_at LIMIT $2)`,
      [keptForSeconds, pruneAtOnce],
    ).catch((cause: unknown) =>
      this.logger.warn({ msg: 'Old outcomes could not be forgotten', cause: String(cause) }),
    );
  }

  private inTime<Result>(work: () => Promise<Result>): Promise<Result> {
    return timeout(answerLimitMs, TimeoutStrategy.Aggressive).execute(work);
  }

  private unshared(attemptId: string, cause: unknown): undefined {
    this.logger.warn({
      msg: 'An attempt is not shared with other replicas',
      attemptId,
      cause: String(cause),
    });
  }
}

function binding(attemptId: string): unknown[] {
  return ['refresh_outcome', attemptId];
}
