import { DataSource } from 'typeorm';
import { databaseOptions } from './database-options.js';
import type { SqlExecutor } from './rows.js';

/** A database that may be away when the process starts: connected at first use, and tried again at the next. */
export class LateDatabase implements SqlExecutor {
  private readonly dataSource: DataSource;
  private connecting: Promise<DataSource> | undefined;

  constructor(url: string) {
    this.dataSource = new DataSource(databaseOptions(url));
  }

  async query<Result>(sql: string, parameters?: unknown[]): Promise<Result> {
    return (await this.connected()).query<Result>(sql, parameters);
  }

  async close(): Promise<void> {
    await this.connecting?.catch(() => undefined);
    if (this.dataSource.isInitialized) await this.dataSource.destroy();
  }

  private async connected(): Promise<DataSource> {
    if (this.dataSource.isInitialized) return this.dataSource;
    this.connecting ??= this.dataSource.initialize().finally(() => (this.connecting = undefined));
    return this.connecting;
  }
}
