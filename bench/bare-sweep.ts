import process from 'node:process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import pMap from 'p-map';
import pg from 'pg';
import { Pool } from 'undici';
import type { RealCredential } from './real-credentials.js';

/** What is refreshed and how, in the file that the first argument names. */
export interface BareSweepInput {
  port: number;
  tokenUrl: string;
  client: { clientId: string; clientSecret: string };
  databaseUrl: string;
  concurrency: number;
  credentials: RealCredential[];
}

const { port, tokenUrl, client, databaseUrl, concurrency, credentials } = JSON.parse(
  readFileSync(process.argv[2] ?? '', 'utf8'),
) as BareSweepInput;
const { origin, pathname } = new URL(tokenUrl);
const google = new Pool(origin, { connections: concurrency });
const database = new pg.Pool({ connectionString: databaseUrl, max: concurrency });

async function refreshed(refreshToken: string): Promise<{ access_token: string; expires_in: number }> {
  const form = new URLSearchParams({
    ...{ grant_type: 'refresh_token', refresh_token: refreshToken },
    ...{ client_id: client.clientId, client_secret: client.clientSecret },
  });
  const { statusCode, body } = await google.request({
    method: 'POST',
    path: pathname,
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: form.toString(),
  });
  const text = await body.text();
  if (statusCode !== 200) throw new Error(`Google answered ${statusCode}: ${text}`);
  return JSON.parse(text) as { access_token: string; expires_in: number };
}

async function stored(id: string, token: { access_token: string; expires_in: number }): Promise<void> {
  await database.query(
    `UPDATE mcp_credentials SET access_token = $2, token_expires_at = evergrant_now() + make_interval(secs => $3),
       next_refresh_at = evergrant_now() + make_interval(secs => $3), last_refreshed_at = evergrant_now()
     WHERE id = $1`,
    [id, token.access_token, token.expires_in],
  );
}

/**
 * A program: one POST and one UPDATE for each credential and nothing else, as often as it is asked to. What it stores
 * is not sealed, so the credentials are of no use afterwards, other than by refreshing them.
 */
const server = createServer((request, response) => {
  const [startedAtMs, withUpdate] = [performance.now(), request.url === '/sweep'];
  const sweep = async (): Promise<number> => {
    if (request.method !== 'POST') return 0;
    await pMap(
      credentials,
      async ({ id, refreshToken }) => {
        const token = await refreshed(refreshToken);
        if (withUpdate) await stored(id, token);
      },
      { concurrency },
    );
    return (performance.now() - startedAtMs) / 1000;
  };
  sweep().then(
    (seconds) => response.end(JSON.stringify({ seconds })),
    (error: unknown) => response.writeHead(500).end(String(error)),
  );
});
process.once('SIGTERM', () => process.exit(0));
server.listen(port, '127.0.0.1');
await once(server, 'listening');
