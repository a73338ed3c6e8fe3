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
 * TypeORM begins to listen for a connection's errors a moment after the pool has stopped to: what arrives between, the
 * farewell of a server that goes down for one, would end the process. Whoever uses the connection hears of it all the same.
 */
function outliveErrors(client: EventEmitter): void {
  client.on('error', () => undefined);
}
