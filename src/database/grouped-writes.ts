interface Waiting<Item, Result> {
  item: Item;
  resolve: (result: Result) => void;
  reject: (cause: unknown) => void;
}

/**
 * Group commit: what is to be written while as many writes as allowed are under way goes together with the next, in
 * one statement. Nobody waits for company. Items with the same key never share a statement.
 */
export class GroupedWrites<Item, Result> {
  private waiting: Waiting<Item, Result>[] = [];
  private running = 0;

  constructor(
    private readonly limits: { writesAtOnce: number; itemsAtOnce: number },
    private readonly keyOf: (item: Item) => string,
    /** Writes some, all or none, and returns their results in the same order. */
    private readonly write: (items: Item[]) => Promise<Result[]>,
  ) {}

  /** Rejects with what its own write brought: a group that fails is written one by one. */
  add(item: Item): Promise<Result> {
    return new Promise((resolve, reject) => {
      this.waiting.push({ item, resolve, reject });
      this.next();
    });
  }

  private next(): void {
    if (this.waiting.length === 0 || this.running >= this.limits.writesAtOnce) return;
    this.running += 1;
    void this.writeGroup(this.takeGroup()).finally(() => {
      this.running -= 1;
      this.next();
    });
  }

  private takeGroup(): Waiting<Item, Result>[] {
    const group = new Map<string, Waiting<Item, Result>>();
    const rest: Waiting<Item, Result>[] = [];
    for (const each of this.waiting) {
      const key = this.keyOf(each.item);
      if (group.has(key) || group.size >= this.limits.itemsAtOnce) rest.push(each);
      else group.set(key, each);
    }
    this.waiting = rest;
    return [...group.values()];
  }

  private async writeGroup(group: readonly Waiting<Item, Result>[]): Promise<void> {
    try {
      const results = await this.write(group.map(({ item }) => item));
      group.forEach(({ resolve }, index) => resolve(results[index] as Result));
    } catch (cause) {
      if (group.length === 1) group[0]?.reject(cause);
      else for (const each of group) await this.writeGroup([each]);
    }
  }
}
