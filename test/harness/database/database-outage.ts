import pg from 'pg';

/** Cuts every connection to a database and refuses new ones, until the function returned lets them in again. */
export async function startOutage(databaseUrl: string): Promise<() => Promise<void>> {
  const { pathname } = new URL(databaseUrl);
  const name = pathname.slice(1);
  await asAdmin(databaseUrl, async (admin) => {
    await admin.query(`ALTER DATABASE ${name} WITH ALLOW_CONNECTIONS false`);
    // A connection that was being made just then shows up a moment later.
    const cut = `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '${name}'`;
    for (let left = 1; left > 0; left = (await admin.query(cut)).rowCount ?? 0);
  });
  return () =>
    asAdmin(databaseUrl, async (admin) => {
      await admin.query(`ALTER DATABASE ${name} WITH ALLOW_CONNECTIONS true`);
    });
}

async function asAdmin(databaseUrl: string, work: (admin: pg.Client) => Promise<void>): Promise<void> {
  const url = new URL(databaseUrl);
  url.pathname = '/postgres';
  const client = new pg.Client({ connectionString: url.href });
  await client.connect();
  try {
    await work(client);
  } finally {
    await client.end();
  }
}
