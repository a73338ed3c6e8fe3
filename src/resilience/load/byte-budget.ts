/** Whose share does not hold any more: the payer's own, or that of all together. */
export type BudgetRefusal = 'payer' | 'total';

export interface ByteLimits {
  total: number;
  /** Of one payer, however many callers it has. */
  perPayer: number;
  /** Of the total, kept for what is small, so that a few large pieces do not shut everyone out. */
  keptForSmall: number;
}

/** Bytes that are in memory for one payer or another, bounded over all and for each payer. */
export class ByteBudget {
  private readonly held = new Map<string, number>();
  private taken = 0;

  constructor(private readonly limits: ByteLimits) {}

  /** All that is held now. */
  get total(): number {
    return this.taken;
  }

  /** @returns why so many bytes are not to be had now; null when they have been taken */
  take(payer: string, bytes: number, isSmall: boolean): BudgetRefusal | null {
    const mine = (this.held.get(payer) ?? 0) + bytes;
    if (mine > this.limits.perPayer) return 'payer';
    if (this.taken + bytes > this.limits.total - (isSmall ? 0 : this.limits.keptForSmall)) return 'total';
    this.held.set(payer, mine);
    this.taken += bytes;
    return null;
  }

  give(payer: string, bytes: number): void {
    const left = (this.held.get(payer) ?? 0) - bytes;
    if (left > 0) this.held.set(payer, left);
    else this.held.delete(payer);
    this.taken -= bytes;
  }
}
