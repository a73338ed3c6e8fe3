export { DatabaseModule } from './database.module.js';
export { migrateDatabase } from './migrate-database.js';
export { rows, type SqlExecutor } from './rows.js';
