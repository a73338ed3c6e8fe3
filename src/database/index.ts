export { isOfTenantItself, type Change } from './changes/change.js';
export { ChangeFeed } from './changes/change-feed.js';
export { ChangeLog } from './changes/change-log.js';
export {
  formatPosition,
  isLaterThan,
  parsePosition,
  type ChangePosition,
} from './changes/change-position.js';
export { sees } from './changes/transaction-snapshot.js';
export { DatabaseClock } from './database-clock.js';
export { DatabaseModule } from './database.module.js';
export { DatabaseUserUnfit } from './walls/database-user.js';
export { EmbeddedPostgres } from './embedded/embedded-postgres.js';
export { EmbeddedPostgresFailure } from './embedded/failure.js';
export { LateDatabase } from './late-database.js';
export { migrateDatabase } from './migrate-database.js';
export { asOwner } from './owner-section.js';
export { decodeCursor, pageOf, type Page, type PageEnd, type PageRequest } from './page.js';
export { selectList, type Projection } from './projection.js';
export { RateLimitSlices, type SliceGrant, type SliceRequest } from './rate-limits/rate-limit-slices.js';
export { RateLimitWindows } from './rate-limits/rate-limit-windows.js';
export { rows, type SqlExecutor } from './rows.js';
export { storedText } from './stored-text.js';
export { TenantDatabase } from './tenant-database.js';
