import pg from 'pg';
import { createTestDatabase } from '../../setup/index.js';

/** A write in a database of its own, left uncommitted: every snapshot in the cluster is held back by it. */
export async function holdTransaction(): Promise<{ release(): Promise<void> }> {
  const database = await createTestDatabase({ migrated: false });
  const client = new pg.Client({ connectionString: database.url });
  await client.connect();
  await client.query('BEGIN');
  await client.query('CREATE TABLE import (line text)');
  return {
    release: async () => {
      await client.query('ROLLBACK');
      await client.end();
      await database.drop();
    },
  };
}
