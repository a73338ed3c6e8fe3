import { DataSource } from 'typeorm';
import { RecordCipher } from '../../credentials/index.js';
import { TenantDatabase } from '../../database/index.js';

/** A database that has room for every upload and keeps none. */
const executor = {
  query: async (sql: string) =>
    // Nor is any mailbox watched.
    sql.includes('mailbox_watches') ? [] : [{ expiresAt: new Date(Date.now() + 3_600_000), bytes: 0 }],
};

const newWatch = { mode: 'poll', labelIds: [], historyId: '5000', expiresAt: null, isNew: true };

/** What uploads are stored with, in place of the database's and the vault's. */
export function uploadNeighbours() {
  return [
    { provide: DataSource, useValue: executor },
    {
      provide: TenantDatabase,
      useValue: {
        rows: async (_tenantId: string, sql: string) =>
          sql.includes('INSERT INTO mailbox_watches') ? [newWatch] : [],
        transaction: async (_tenantId: string, work: (within: unknown) => unknown) => work(executor),
      },
    },
    {
      provide: RecordCipher,
      useValue: { prepare: async () => undefined, seal: async (_place: unknown, text: string) => text },
    },
  ];
}
