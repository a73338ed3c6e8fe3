import type { Change } from './change.js';

interface Unsettled {
  /** Told of, once all transactions up to this one have settled. */
  next: bigint;
  /** The latest one that was seen. */
  last: bigint;
}

/** Which tenants have committed changes that have not settled yet: two numbers for each, however many changes wait. */
export class SettlingTenants {
  private readonly tenants = new Map<string, Unsettled>();

  add(changes: readonly Change[]): void {
    for (const { tenantId, position } of changes) {
      const transactionId = BigInt(position.transactionId);
      const unsettled = this.tenants.get(tenantId) ?? { next: transactionId, last: transactionId };
      if (transactionId < unsettled.next) unsettled.next = transactionId;
      if (transactionId > unsettled.last) unsettled.last = transactionId;
      this.tenants.set(tenantId, unsettled);
    }
  }

  /** The tenants of which changes have settled, now that no transaction below `xmin` runs. */
  settle(xmin: bigint): ReadonlySet<string> {
    const settled = new Set<string>();
    for (const [tenantId, unsettled] of this.tenants) {
      if (unsettled.next >= xmin) continue;
      settled.add(tenantId);
      if (unsettled.last < xmin) this.tenants.delete(tenantId);
      else unsettled.next = unsettled.last;
    }
    return settled;
  }
}
