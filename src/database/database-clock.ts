import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { rows } from './rows.js';

/** Wall-clock time, the same for all processes: the database's. */
@Injectable()
export class DatabaseClock {
  constructor(private readonly dataSource: DataSource) {}

  /** Milliseconds since the epoch. */
  async nowMs(): Promise<number> {
    const [now] = await rows<{ seconds: number }>(
      this.dataSource,
      'SELECT extract(epoch FROM evergrant_now())::float8 AS seconds',
    );
    if (now === undefined) throw new Error('The database did not tell the time');
    return now.seconds * 1000;
  }
}
