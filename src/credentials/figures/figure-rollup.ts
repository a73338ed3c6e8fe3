import { Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { rows } from '../../database/index.js';
import { Recurrence } from '../../resilience/index.js';
import { countedEvent, counterColumns, isCounted, summedColumns } from './counted-events.js';

const everyMs = 10_000;
const batchSize = 5_000;
/** What one pass takes on at most, so that a shutdown never waits long for it. */
const batchesAtOnce = 20;
/** By then whatever has taken an earlier place in the history has committed. */
const settledAfterSeconds = 120;
/** Longer than any window that is asked for. */
const keptDays = 35;

/**
 * Adds up the history by hours, in small steps and behind everything else: nothing of a refresh waits for it, and what
 * it has not come to is counted by who asks. Of several processes one does a step, and the others pass.
 */
@Injectable()
export class FigureRollup implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger(FigureRollup.name);
  private readonly recurrence = new Recurrence(everyMs, () => this.work());

  constructor(private readonly dataSource: DataSource) {}

  onApplicationBootstrap(): void {
    this.recurrence.start();
  }

  async onModuleDestroy(): Promise<void> {
    await this.recurrence.stop();
  }

  /** Counts some batches, and forgets what is older than any window. Never rejects. */
  async work(): Promise<void> {
    try {
      for (let batches = 0; batches < batchesAtOnce; batches += 1)
        if ((await this.countBatch()) < batchSize) break;
      await rows(
        this.dataSource,
        'DELETE FROM refresh_figures WHERE hour < evergrant_now() - make_interval(days => $1)',
        [keptDays],
      );
    } catch (cause) {
      this.logger.warn({ msg: 'The history could not be added up', cause: String(cause) });
    }
  }

  /** @returns how many events it has come past */
  private async countBatch(): Promise<number> {
    const [batch] = await rows<{ size: number }>(this.dataSource, countBatch, [
      batchSize,
      settledAfterSeconds,
      keptDays,
    ]);
    return batch?.size ?? 0;
  }
}

/** $1: how many events; $2: how old, in seconds, they have to be; $3: how old, in days, they may be. */
const countBatch = `
  WITH progress AS (
    SELECT last_event_id FROM refresh_figures_progress FOR UPDATE SKIP LOCKED
  ), next AS MATERIALIZED (
    SELECT e.* FROM progress, LATERAL (
      SELECT * FROM credential_events WHERE id > progress.last_event_id ORDER BY id LIMIT $1) AS e
  ), batch AS MATERIALIZED (
    -- Up to the first that is too young: nothing behind it may be passed over.
    SELECT * FROM next WHERE id < coalesce(
      (SELECT min(id) FROM next WHERE at > evergrant_now() - make_interval(secs => $2)), 9223372036854775807)
  ), counted AS (
    SELECT e.tenant_id, date_trunc('hour', e.at, 'UTC') AS hour, ${countedEvent} FROM batch e
    WHERE ${isCounted} AND e.at > evergrant_now() - make_interval(days => $3)
  ), added AS (
    INSERT INTO refresh_figures AS held (tenant_id, hour, ${counterColumns.join(', ')})
    SELECT tenant_id, hour, ${summedColumns} FROM counted GROUP BY tenant_id, hour ORDER BY tenant_id, hour
    ON CONFLICT (tenant_id, hour) DO UPDATE SET
      ${counterColumns.map((column) => `${column} = held.${column} + excluded.${column}`).join(', ')}
  ), moved AS (
    UPDATE refresh_figures_progress SET last_event_id = (SELECT max(id) FROM batch) WHERE EXISTS (SELECT FROM batch)
  )
  SELECT count(*)::int AS size FROM batch`;
