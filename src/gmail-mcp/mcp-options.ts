import { mailboxesPath } from '../instances/index.js';

/** The DI token of what the endpoint is told at start. */
export class McpOptions {
  constructor(
    readonly publicUrl: string,
    readonly allowedOrigins: readonly string[],
    readonly allowedHosts: readonly string[],
    readonly serverVersion: string,
    /** Tool calls of one MCP token that may be under way at once. */
    readonly callsAtOnce = 50,
  ) {}

  /** Where a person connects one more mailbox, or one of theirs with more permissions. */
  get mailboxesUrl(): string {
    return this.publicUrl + mailboxesPath;
  }
}
