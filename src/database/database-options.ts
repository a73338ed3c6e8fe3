import type { EventEmitter } from 'node:events';
import type { DataSourceOptions } from 'typeorm';
import { migrations } from '../../migrations/index.js';

/** How every process talks to PostgreSQL; `url` is `DATABASE_URL` or the embedded server's. */
export function databaseOptions(url: string): DataSourceOptions & { type: 'postgres' } {
  return {
    type: 'postgres',
    url,
    applicationName: 'evergrant',
    migrations,
    migrationsTableName: 'migrations',
    // gen_random_uuid() is built in; without these two TypeORM would install an extension.
    uuidExtension: 'pgcrypto',
    installExtensions: false,
    poolSize: 20,
    connectTimeoutMS: 5_000,
    extra: { onConnect: outliveErrors },
  };
}

/**
 * The pool stops to listen for a connection's errors a moment before TypeORM begins to: an error in between, such as
 * the one of a server that shuts down, would end the process. The query that uses the connection fails all the same.
 */
function outliveErrors(client: EventEmitter): void {
  client.on('error', () => undefined);
}
