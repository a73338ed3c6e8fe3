import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { DueCredentials } from '../../src/credentials/background/due-credentials.js';
import { TestApp } from '../harness/test-app.js';
import { manyGrants } from '../storms/many-grants.js';

let app: TestApp;
beforeAll(async () => void (app = await TestApp.start()));
afterAll(() => app.stop());

/** In the order in which they are missed: minutes until the token ends, and since it was used last. */
const grants = [
  { endsIn: -300, usedAgo: 1 },
  { endsIn: -5, usedAgo: 20 },
  { endsIn: -60, usedAgo: 90 },
  { endsIn: -1, usedAgo: null },
  { endsIn: 2, usedAgo: 300 },
  { endsIn: 9, usedAgo: 5 },
  { endsIn: 30, usedAgo: 1 },
];

it('after an outage comes first who has no token left and was there last, then whose token ends soonest', async () => {
  const { accounts } = await manyGrants(app, grants.length, ['default']);
  for (const [n, { endsIn, usedAgo }] of grants.entries()) {
    await app.dataSource.query(
      `UPDATE mcp_credentials SET token_expires_at = evergrant_now() + make_interval(mins => $2),
         last_used_at = evergrant_now() - make_interval(mins => $3),
         next_refresh_at = evergrant_now() - random() * interval '6 hours'
       WHERE email = $1`,
      // The accounts are numbered in no order of their own.
      [accounts[(n * 3) % grants.length], endsIn, usedAgo],
    );
  }
  const due = await new DueCredentials(app.dataSource).next(100, []);
  const found = await app.dataSource.query<{ id: string; email: string }[]>(
    'SELECT id, email FROM mcp_credentials',
  );
  const emails = new Map(found.map(({ id, email }) => [id, email]));
  expect(due.map(({ id }) => emails.get(id))).toEqual(
    grants.map((_, n) => accounts[(n * 3) % grants.length]),
  );
});
