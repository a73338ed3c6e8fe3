import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { rows } from '../../database/index.js';
import {
  countedEvent,
  counterColumns,
  isCounted,
  summedCounts,
  type RefreshCounts,
} from './counted-events.js';

/** Counts of the refreshes in one bucket. */
export interface CountedBucket extends RefreshCounts {
  /** Its beginning, in UTC. */
  at: Date;
}

/** Which part of time is counted together. */
export type BucketUnit = 'hour' | 'day';

/**
 * What refreshes came to: hours that were added up, and the events that were not yet, as one snapshot sees them, so
 * that none is missed or counted twice.
 */
@Injectable()
export class RefreshFigures {
  constructor(private readonly dataSource: DataSource) {}

  /** Of one tenant, or, with null, of all. Buckets in which nothing happened are left out. */
  count(tenantId: string | null, unit: BucketUnit, from: Date): Promise<CountedBucket[]> {
    const ofTenant = tenantId === null ? '' : 'AND tenant_id = $4';
    return this.dataSource.transaction('REPEATABLE READ', async (manager) => {
      // In a statement of its own: the plan of the next one is made for what little lies behind it.
      const [progress] = await rows<{ lastEventId: string }>(
        manager,
        'SELECT last_event_id AS "lastEventId" FROM refresh_figures_progress',
      );
      return rows<CountedBucket>(
        manager,
        `SELECT date_trunc($1, hour, 'UTC') AS at, ${summedCounts} FROM (
           SELECT hour, ${counterColumns.join(', ')} FROM refresh_figures WHERE hour >= $2 ${ofTenant}
           UNION ALL
           SELECT e.at, ${countedEvent} FROM credential_events e
           WHERE e.id > $3 AND ${isCounted} AND e.at >= $2 ${ofTenant}
         ) AS counted
         GROUP BY 1 ORDER BY 1`,
        [unit, from, progress?.lastEventId ?? '0', ...(tenantId === null ? [] : [tenantId])],
      );
    });
  }
}
