import pg from 'pg';
import { DataSource } from 'typeorm';
import { databaseOptions } from './database-options.js';

/** Any number, but the same in every release: "evergr" in ASCII. */
const migrationLock = '111546413967218';

/**
 * Brings the schema up to date. Several processes may start at once: a session advisory lock lets one
 * migrate while the others wait, so `url` must reach PostgreSQL without a transaction-mode pooler.
 */
export async function migrateDatabase(url: string): Promise<void> {
  const gate = new pg.Client({ connectionString: url, application_name: 'evergrant migrations' });
  gate.on('error', () => undefined);
  await gate.connect();
  try {
    await gate.query('SELECT pg_advisory_lock($1)', [migrationLock]);
    const dataSource = await new DataSource(databaseOptions(url)).initialize();
    try {
      await dataSource.runMigrations({ transaction: 'all' });
    } finally {
      await dataSource.destroy();
    }
  } finally {
    await gate.end();
  }
}
