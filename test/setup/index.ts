import pg from 'pg';
import { migrateDatabase } from '../../src/database/index.js';
export interface TestDatabase {
  url: string;
  drop(): Promise<void>;
}
export async function createTestDatabase(o: { migrated?: boolean } = {}): Promise<TestDatabase> {
  const admin = 'postgres://postgres@127.0.0.1:5599/postgres';
  const name = `t_${process.pid}_${Date.now()}_${Math.floor(Math.random() * 1e6)}`;
  const c = new pg.Client(admin);
  await c.connect();
  await c.query(`CREATE DATABASE ${name}`);
  await c.end();
  const url = `postgres://postgres@127.0.0.1:5599/${name}`;
  if (o.migrated !== false) await migrateDatabase(url);
  return {
    url,
    drop: async () => {
      const c = new pg.Client(admin);
      await c.connect();
      await c.query(`DROP DATABASE ${name} WITH (FORCE)`);
      await c.end();
    },
  };
}
