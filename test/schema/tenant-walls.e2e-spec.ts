import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { foundWalls, rebuildWalls } from '../../src/database/walls/rebuild-walls.js';
import { tenantWalls } from '../../src/database/walls/tenant-walls.js';
import { createTestDatabase, type TestDatabase } from '../setup/index.js';

let database: TestDatabase;
let client: pg.Client;
beforeAll(async () => {
  database = await createTestDatabase();
  client = new pg.Client({ connectionString: database.url });
  await client.connect();
});
afterAll(async () => {
  await client.end();
  await database.drop();
});

async function walls(): Promise<object> {
  const found = await foundWalls(client);
  const walled = found.filter(
    ({ isWalled, rows, privileges }) => isWalled || rows !== null || privileges.length > 0,
  );
  return Object.fromEntries(
    walled.map(({ table, rows, privileges }) => [table, { rows, privileges: [...privileges].sort() }]),
  );
}

const declared = Object.fromEntries(
  Object.entries(tenantWalls).map(([table, { rows, privileges }]) => [
    table,
    { rows, privileges: [...privileges].sort() },
  ]),
);

describe('the walls that a restore can lose', () => {
  it('are declared as the migrations build them, table by table', async () => {
    expect(await walls()).toEqual(declared);
    expect(await rebuildWalls(client)).toBe(false);
  });

  it('stand again when all of them were gone', async () => {
    for (const table of Object.keys(tenantWalls)) {
      await client.query(`DROP POLICY tenant_wall ON ${table}`);
      await client.query(`ALTER TABLE ${table} DISABLE ROW LEVEL SECURITY`);
      await client.query(`REVOKE ALL ON ${table} FROM evergrant_tenant`);
    }
    expect(await walls()).not.toEqual(declared);
    expect(await rebuildWalls(client)).toBe(true);
    expect(await walls()).toEqual(declared);
  });
});
