import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import * as predicates from '../../src/credentials/store/credential-predicates.js';
import { addHistory, type HistoryRow } from '../../src/credentials/store/history-row.js';
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

describe('a condition on a credential', () => {
  const conditions = Object.entries(predicates).flatMap(([name, condition]) =>
    typeof condition === 'string' ? [[name, condition] as const] : [],
  );
  it.each(conditions)('%s is one on columns of the schema', async (_name, condition) => {
    const { fields } = await client.query(
      `SELECT ${condition.replace('$1', 'c.id').replace(/\$[23]/g, '0')} AS holds
       FROM mcp_credentials c CROSS JOIN verdict_holds h`,
    );
    expect(fields.map(({ dataTypeID }) => dataTypeID)).toEqual([pg.types.builtins.BOOL]);
  });
});

it('a row of the history has columns of the schema', async () => {
  const nothing = 'NULL';
  const every: Required<HistoryRow> = {
    ...{ event: `'refresh'`, outcome: `'refreshed'`, trigger: nothing, path: nothing, error_code: nothing },
    ...{ reason: nothing, attempt_id: nothing, token_expires_at: nothing, duration_ms: nothing },
    ...{ access_token_fingerprint: nothing, refresh_token_fingerprint: nothing },
    service_failed: nothing,
  };
  await expect(client.query(addHistory('mcp_credentials', every))).resolves.toMatchObject({ rowCount: 0 });
});
