export { DatabaseModule } from './database.module.js';
export { EmbeddedPostgres } from './embedded/embedded-postgres.js';
export { EmbeddedPostgresFailure } from './embedded/failure.js';
export { migrateDatabase } from './migrate-database.js';
export { decodeCursor, pageInput, pageOf, type Page, type PageEnd } from './page.js';
export { RateLimitWindows } from './rate-limit-windows.js';
export { rows, type SqlExecutor } from './rows.js';
export { TenantDatabase } from './tenant-database.js';
