import pg from 'pg';

/** Cuts every connection to a database and refuses new ones, until the function returned lets them in again. */
export async function startOutage(databaseUrl: string): Promise<() => Promise<void>> {
  const { pathname } = new URL(databaseUrl);
  const name = pathname.slice(1);
  await asAdmin(async (admin) => {
    await admin.query(`ALTER DATABASE ${name} WITH ALLOW_CONNECTIONS false`);
    // A connection that was being made just then shows up a moment later.
    const cut = `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '${name}'`;
    for (let left = 1; left > 0; left = (await admin.query(cut)).rowCount ?? 0);
  });
  return () =>
    asAdmin(async (admin) => {
      await admin.query(`ALTER DATABASE ${name} WITH ALLOW_CONNECTIONS true`);
    });
}

/** As the server's superuser: its own workers are connected too. */
async function asAdmin(work: (admin: pg.Client) => Promise<void>): Promise<void> {
  const client = new pg.Client({ connectionString: process.env.EVERGRANT_TEST_SERVER });
  await client.connect();
  try {
    await work(client);
  } finally {
    await client.end();
  }
}
