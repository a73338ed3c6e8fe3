/** The order of a document's cascade layers (CSS Cascade 5, section 6.4.3): later ones win, what is in none over all. */
export class CascadeLayers {
  private readonly ranks = new Map<string, number>();
  private unnamed = 0;

  /** Notes what an `@layer` rule names, and tells the whole name of the layer whose block it opens. */
  declare(names: string, around: string, isStatement: boolean): string {
    const listed = isStatement ? names.split(',') : [names];
    let whole = '';
    for (const name of listed) {
      this.unnamed += 1;
      const own = name.trim() === '' ? `(${this.unnamed})` : name.trim();
      whole = around === '' ? own : `${around}.${own}`;
      if (!this.ranks.has(whole)) this.ranks.set(whole, this.ranks.size);
    }
    return whole;
  }

  rankOf(layer: string): number {
    return layer === '' ? Number.POSITIVE_INFINITY : (this.ranks.get(layer) ?? 0);
  }
}
