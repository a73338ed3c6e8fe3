/** One piece of work at a time for each key: calls made while it runs share its promise, and so its failure. */
export class SingleFlight<T> {
  private readonly running = new Map<string, Promise<T>>();

  /** Joins what runs under this key, or starts the work at once. What has ended is forgotten, also when it failed. */
  run(key: string, work: () => Promise<T>): Promise<T> {
    return this.running.get(key) ?? this.replace(key, work);
  }

  /** Starts the work in any case: later calls share this one, earlier calls keep the one they joined. */
  replace(key: string, work: () => Promise<T>): Promise<T> {
    const flight = started(work).finally(() => {
      if (this.running.get(key) === flight) this.running.delete(key);
    });
    this.running.set(key, flight);
    return flight;
  }

  isRunning(key: string): boolean {
    return this.running.has(key);
  }

  /** Resolves when everything that runs now has ended, however it ended. */
  async drained(): Promise<void> {
    await Promise.allSettled(this.running.values());
  }
}

/** A throw before the first await is a rejection like any other. */
async function started<T>(work: () => Promise<T>): Promise<T> {
  return work();
}
