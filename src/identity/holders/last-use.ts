import { Injectable, Logger } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { rows } from '../../database/index.js';

/** Where a use is recorded. */
type UsedTable = 'api_keys' | 'mcp_tokens';

/** In SQL, of a key or token: whether its use of a minute ago or more is the last one recorded. */
export function useUnrecorded(table: string): string {
  return `coalesce(${table}.last_used_at <= evergrant_now() - interval '1 minute', true)`;
}

/** In SQL, of a key or token: whether it is still good. */
export const unexpired = '(expires_at IS NULL OR expires_at > evergrant_now())';

/** In SQL, of a key or token: how much longer it is good, null for ever. */
export const remainingSeconds = 'extract(epoch FROM expires_at - evergrant_now())::float8';

/** Records when keys and tokens were last used: each at most once a minute, and without making the request wait. */
@Injectable()
export class LastUse {
  private readonly logger = new Logger(LastUse.name);
  private readonly underWay = new Set<string>();

  constructor(private readonly dataSource: DataSource) {}

  /** Never fails; the write goes on behind the caller. */
  record(table: UsedTable, id: string): void {
    if (this.underWay.has(id)) return;
    this.underWay.add(id);
    void this.write(table, id).finally(() => this.underWay.delete(id));
  }

  private async write(table: UsedTable, id: string): Promise<void> {
    try {
      await rows(
        this.dataSource,
        // Of several processes that saw the same old use, one writes.
        `UPDATE ${table} SET last_used_at = evergrant_now()
         WHERE id = $1 AND ${useUnrecorded(table)}`,
        [id],
      );
    } catch (cause) {
      this.logger.debug({ msg: 'Last use not recorded', table, id, cause: String(cause) });
    }
  }
}
