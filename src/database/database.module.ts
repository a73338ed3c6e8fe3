import { Module, type DynamicModule } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { ChangeFeed } from './changes/change-feed.js';
import { ChangeLog } from './changes/change-log.js';
import { DatabaseClock } from './database-clock.js';
import { databaseOptions } from './database-options.js';
import { RateLimitSlice } from './rate-limits/rate-limit-slice.entity.js';
import { RateLimitSlices } from './rate-limits/rate-limit-slices.js';
import { RateLimitWindow } from './rate-limits/rate-limit-window.entity.js';
import { RateLimitWindows } from './rate-limits/rate-limit-windows.js';
import { TenantDatabase } from './tenant-database.js';

/** The connections to PostgreSQL, for the whole application. */
@Module({})
export class DatabaseModule {
  /** @param connectRetries how often an unreachable database is asked again at start, 3 s apart */
  static forRoot(options: { url: string; connectRetries: number }): DynamicModule {
    return {
      module: DatabaseModule,
      global: true,
      imports: [
        TypeOrmModule.forRoot({
          ...databaseOptions(options.url),
          autoLoadEntities: true,
          retryAttempts: options.connectRetries + 1,
          retryDelay: 3_000,
        }),
        TypeOrmModule.forFeature([RateLimitSlice, RateLimitWindow]),
      ],
      providers: [ChangeFeed, ChangeLog, DatabaseClock, RateLimitSlices, RateLimitWindows, TenantDatabase],
      exports: [ChangeFeed, ChangeLog, DatabaseClock, RateLimitSlices, RateLimitWindows, TenantDatabase],
    };
  }
}
