import pg from 'pg';

/** Cuts every connection to a database and refuses new ones, until the function returned lets them in again. */
export async function startOutage(databaseUrl: string): Promise<() => Promise<void>> {
  const { pathname } = new URL(databaseUrl);
  const name = pathname.slice(1);
  await asAdmin(databaseUrl, [
    `ALTER DATABASE ${name} WITH ALLOW_CONNECTIONS false`,
    `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '${name}'`,
  ]);
  return () => asAdmin(databaseUrl, [`ALTER DATABASE ${name} WITH ALLOW_CONNECTIONS true`]);
}

async function asAdmin(databaseUrl: string, statements: string[]): Promise<void> {
  const url = new URL(databaseUrl);
  url.pathname = '/postgres';
  const client = new pg.Client({ connectionString: url.href });
  await client.connect();
  try {
    for (const statement of statements) await client.query(statement);
  } finally {
    await client.end();
  }
}
