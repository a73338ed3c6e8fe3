interface Waiting<Item, Result> {
  item: Item;
  resolve: (result: Result) => void;
  reject: (cause: unknown) => void;
}

interface Limits {
  writesAtOnce: number;
  itemsAtOnce: number;
  /** A write that takes longer than this is not waited for. */
  patienceMs: number;
}

/**
 * Group commit: what is to be written while a write is under way goes together with the next, in one statement. Where
 * none is under way, an item does not wait. Items with the same key never share a statement.
 */
export class GroupedWrites<Item, Result> {
  private waiting: Waiting<Item, Result>[] = [];
  private running = 0;
  private waitTimer: NodeJS.Timeout | undefined;

  constructor(
    private readonly limits: Limits,
    private readonly keyOf: (item: Item) => string,
    /** Writes some, all or none, and returns their results in the same order. */
    private readonly write: (items: Item[]) => Promise<Result[]>,
  ) {}

  /** Rejects with what its own write brought: a group that fails is written one by one. */
  add(item: Item): Promise<Result> {
    return new Promise((resolve, reject) => {
      this.waiting.push({ item, resolve, reject });
      if (this.running === 0) this.begin();
      else this.waitTimer ??= setTimeout(() => this.begin(), this.limits.patienceMs);
    });
  }

  private begin(): void {
    clearTimeout(this.waitTimer);
    this.waitTimer = undefined;
    if (this.waiting.length === 0 || this.running >= this.limits.writesAtOnce) return;
    this.running += 1;
    void this.writeGroup(this.takeGroup()).finally(() => {
      this.running -= 1;
      this.begin();
    });
    if (this.waiting.length > 0) this.waitTimer = setTimeout(() => this.begin(), this.limits.patienceMs);
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
