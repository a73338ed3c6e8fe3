export { ChangeFeed, type Change } from './change-feed.js';
export { formatPosition, isLaterThan, parsePosition, type ChangePosition } from './change-position.js';
export { DatabaseModule } from './database.module.js';
export { EmbeddedPostgres } from './embedded/embedded-postgres.js';
export { EmbeddedPostgresFailure } from './embedded/failure.js';
export { migrateDatabase } from './migrate-database.js';
export { rows, type SqlExecutor } from './rows.js';
export { asOwner, TenantDatabase } from './tenant-database.js';
