import { rows, selectList, type SqlExecutor } from '../../database/index.js';
import { auditEntry } from '../chain/audit-entry.js';
import { pruningSeal, type AuditEntry } from '../chain/chain-link.js';
import { ChainWalk, unprunedBegin, type ChainPlace, type ChainVerdict } from './chain-walk.js';

const entriesAtOnce = 1_000;

interface StoredHead {
  end: ChainPlace;
  pruned: ChainPlace;
  prunedSeal: string;
}

/** Walks the chains that a database holds, beside processes that append to them and prune them. */
export class StoredChains {
  constructor(
    private readonly executor: SqlExecutor,
    private readonly sealKey: Buffer,
  ) {}

  /** The tenants that have a chain, or events without a head. */
  async tenantIds(): Promise<string[]> {
    const found = await rows<{ tenantId: string }>(
      this.executor,
      'SELECT tenant_id AS "tenantId" FROM audit_heads ORDER BY tenant_id',
    );
    return found.map(({ tenantId }) => tenantId);
  }

  /**
   * @param noted places of this chain that were noted earlier
   * @param tell is called with the number of events walked, after each thousand
   */
  async verify(
    tenantId: string,
    noted: readonly ChainPlace[] = [],
    tell: (events: number) => void = () => undefined,
  ): Promise<ChainVerdict> {
    for (;;) {
      const before = await this.head(tenantId);
      const verdict = await this.walk(tenantId, { begin: this.beginOf(tenantId, before), noted, tell });
      // What is pruned while it is read looks as if it were missing.
      const after = await this.head(tenantId);
      if (verdict.status === 'whole' || after.pruned.sequence === before.pruned.sequence) return verdict;
    }
  }

  private async walk(
    tenantId: string,
    given: { begin: ChainPlace; noted: readonly ChainPlace[]; tell: (events: number) => void },
  ): Promise<ChainVerdict> {
    const { begin, noted, tell } = given;
    const walk = new ChainWalk({ begin, noted, sealKey: this.sealKey });
    let walked = 0;
    for (let reached = begin.sequence; ;) {
      const found = await this.entries(tenantId, reached);
      for (const entry of found) if (!walk.next(entry)) return walk.conclude(null);
      const last = found.at(-1);
      if (last === undefined) {
        const { end } = await this.head(tenantId);
        // More may have come since the last of them was read.
        if (end.sequence <= reached || (await this.entries(tenantId, reached)).length === 0)
          return walk.conclude(end);
        continue;
      }
      reached = last.sequence;
      walked += found.length;
      tell(walked);
    }
  }

  /** A place that Evergrant has not pruned up to counts for nothing. */
  private beginOf(tenantId: string, { pruned, prunedSeal }: StoredHead): ChainPlace {
    const isPruned = prunedSeal === pruningSeal(this.sealKey, tenantId, pruned.sequence, pruned.hash);
    return isPruned ? pruned : unprunedBegin;
  }

  private entries(tenantId: string, after: number): Promise<AuditEntry[]> {
    return rows<AuditEntry>(
      this.executor,
      `SELECT ${selectList(auditEntry)} FROM audit_events WHERE tenant_id = $1 AND audit_events.sequence > $2
       ORDER BY audit_events.sequence LIMIT ${entriesAtOnce}`,
      [tenantId, after],
    );
  }

  private async head(tenantId: string): Promise<StoredHead> {
    const [found] = await rows<{
      sequence: number;
      hash: string;
      prunedSequence: number;
      prunedHash: string;
      prunedSeal: string;
    }>(
      this.executor,
      `SELECT sequence::float8 AS sequence, hash, pruned_sequence::float8 AS "prunedSequence",
         pruned_hash AS "prunedHash", pruned_seal AS "prunedSeal"
       FROM audit_heads WHERE tenant_id = $1`,
      [tenantId],
    );
    if (found === undefined) return { end: unprunedBegin, pruned: unprunedBegin, prunedSeal: '' };
    return {
      end: { sequence: found.sequence, hash: found.hash },
      pruned: { sequence: found.prunedSequence, hash: found.prunedHash },
      prunedSeal: found.prunedSeal,
    };
  }
}
