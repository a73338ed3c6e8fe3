/** How the chains of tenants are kept. */
export class AuditOptions {
  constructor(
    /** Whether recipients are kept as keyed hashes. */
    readonly hashesRecipients: boolean,
    /** Days that events are kept; 0 for ever. */
    readonly retentionDays: number,
    /** Whether this process deletes older ones. */
    readonly prunes: boolean,
  ) {}
}
