import { Injectable, Logger } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Clock } from '../../resilience/index.js';
import { rows } from '../rows.js';

/** Permits that were granted. */
export interface PermitPortion {
  granted: number;
  /** Till the window ends; permits are not to be used after it. */
  endsInMs: number;
}

const windowSeconds = 60;
const pruneEveryMs = 60_000;

/**
 * Permits that all processes share: of one subject no more than its limit are granted in a window of a minute,
 * which begins with the first one. Each portion is taken by one atomic statement.
 */
@Injectable()
export class RateLimitWindows {
  private readonly logger = new Logger(RateLimitWindows.name);
  private prunedAtMs: number;

  constructor(
    private readonly dataSource: DataSource,
    private readonly clock: Clock,
  ) {
    this.prunedAtMs = clock.monotonicMs();
  }

  /** Takes up to `portion` permits of the `limit` a minute; 0 are granted when the window holds no more. */
  async take(subject: string, limit: number, portion = 1): Promise<PermitPortion> {
    this.pruneNowAndThen();
    const [window] = await rows<{ taken: number; secondsLeft: number }>(
      this.dataSource,
      `INSERT INTO rate_limit_windows AS held (subject, starts_at, taken) VALUES ($1, evergrant_now(), $3)
       ON CONFLICT (subject) DO UPDATE SET
         starts_at = CASE WHEN ${isOver} THEN evergrant_now() ELSE held.starts_at END,
         taken = CASE WHEN ${isOver} THEN $3 ELSE held.taken + $3 END
       WHERE ${isOver} OR held.taken < $2
       RETURNING taken, ${secondsLeft}`,
      [subject, limit, portion],
    );
    if (!window) return { granted: 0, endsInMs: await this.remainingMs(subject) };
    // The last portion may reach beyond the limit; what does is not granted.
    const excess = Math.max(0, window.taken - limit);
    return { granted: Math.max(0, portion - excess), endsInMs: window.secondsLeft * 1000 };
  }

  private async remainingMs(subject: string): Promise<number> {
    const [window] = await rows<{ secondsLeft: number }>(
      this.dataSource,
      `SELECT ${secondsLeft} FROM rate_limit_windows AS held WHERE subject = $1`,
      [subject],
    );
    return Math.max(0, (window?.secondsLeft ?? 0) * 1000);
  }

  private pruneNowAndThen(): void {
    if (this.clock.monotonicMs() - this.prunedAtMs < pruneEveryMs) return;
    this.prunedAtMs = this.clock.monotonicMs();
    rows(this.dataSource, `DELETE FROM rate_limit_windows AS held WHERE ${isOver}`).catch((cause: unknown) =>
      this.logger.debug({ msg: 'Rate limit windows not pruned', cause: String(cause) }),
    );
  }
}

const isOver = `held.starts_at <= evergrant_now() - interval '${windowSeconds} seconds'`;
const secondsLeft = `${windowSeconds} - extract(epoch FROM evergrant_now() - held.starts_at)::float8 AS "secondsLeft"`;
