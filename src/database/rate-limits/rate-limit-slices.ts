import { Injectable, Logger } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Clock } from '../../resilience/index.js';
import { rows } from '../rows.js';

/** What is asked of a limit. */
export interface SliceRequest {
  /** Less than this is of no use, and not granted. */
  atLeast: number;
  upTo: number;
  /** Of all slices that count at once. */
  limit: number;
  countsForMs: number;
}

/** Units that were taken, and how long they count. */
export interface CountedSlice {
  units: number;
  endsInMs: number;
}

/** What was granted, 0 for nothing, and all that counts by now, the grant included. */
export interface SliceGrant {
  granted: number;
  slices: readonly CountedSlice[];
}

const pruneEveryMs = 60_000;

/**
 * Units of limits that all processes share, and that hold over any stretch of time, wherever it begins; windows that
 * begin at fixed moments let twice the limit through around each of them. Each slice is taken by one atomic statement.
 */
@Injectable()
export class RateLimitSlices {
  private readonly logger = new Logger(RateLimitSlices.name);
  private prunedAtMs: number;

  constructor(
    private readonly dataSource: DataSource,
    private readonly clock: Clock,
  ) {
    this.prunedAtMs = clock.monotonicMs();
  }

  /** Takes what the request asks for, or as much as the limit has left. @throws what the database throws */
  async take(subject: string, { atLeast, upTo, limit, countsForMs }: SliceRequest): Promise<SliceGrant> {
    this.pruneNowAndThen();
    const first = Math.min(upTo, limit) >= atLeast ? Math.min(upTo, limit) : 0;
    const [taken] = await rows<{ granted: number; units: number[]; endsInMs: number[] }>(
      this.dataSource,
      takeSlice,
      [subject, atLeast, upTo, limit, countsForMs, first],
    );
    if (taken === undefined) throw new Error('The database did not say what was taken');
    const { granted, units, endsInMs } = taken;
    return { granted, slices: units.map((each, n) => ({ units: each, endsInMs: endsInMs[n] ?? 0 })) };
  }

  private pruneNowAndThen(): void {
    if (this.clock.monotonicMs() - this.prunedAtMs < pruneEveryMs) return;
    this.prunedAtMs = this.clock.monotonicMs();
    rows(this.dataSource, 'DELETE FROM rate_limit_slices WHERE expires_at <= evergrant_now()').catch(
      (cause: unknown) => this.logger.debug({ msg: 'Rate limit slices not pruned', cause: String(cause) }),
    );
  }
}

const end = "evergrant_now() + $5::float8 * interval '1 millisecond'";
const counted = `unnest(held.units, held.ends_at) AS slice (units, ends_at) WHERE slice.ends_at > evergrant_now()`;

/**
 * No slice counts longer than a new one, though the clock was set back: it would be refused to all for so long. The row is locked before the slices in it are read, so that of several askers each sees what the others took.
 */
const takeSlice = `
  INSERT INTO rate_limit_slices AS held (subject, units, ends_at, granted, expires_at)
  VALUES ($1, ARRAY[$6::int], ARRAY[${end}], $6, ${end})
  ON CONFLICT (subject) DO UPDATE SET (units, ends_at, granted, expires_at) = (
    SELECT coalesce(array_agg(kept.units), '{}') || new.granted, coalesce(array_agg(least(kept.ends_at, ${end})), '{}') || (${end}),
      new.granted, ${end}
    FROM (
      SELECT CASE WHEN room >= $2::int THEN room ELSE 0 END AS granted
      FROM (SELECT least($3::int, $4::int - coalesce(sum(slice.units), 0)::int) AS room FROM ${counted}) AS free
    ) AS new LEFT JOIN LATERAL (SELECT slice.units, slice.ends_at FROM ${counted} AND slice.units > 0) AS kept ON true
    GROUP BY new.granted)
  RETURNING granted, units,
    ARRAY(SELECT greatest(0, extract(epoch FROM each - evergrant_now()) * 1000)::float8 FROM unnest(ends_at) AS each)
      AS "endsInMs"`;
