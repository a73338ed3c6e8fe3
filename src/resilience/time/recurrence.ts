/** Work that is done again and again, never twice at once. It keeps no process alive, and handles its own failures. */
export class Recurrence {
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<void> | undefined;

  constructor(
    private readonly everyMs: number,
    private readonly work: () => Promise<void>,
  ) {}

  start(): void {
    this.timer ??= setInterval(() => this.run(), this.everyMs).unref();
  }

  /** Does the work now, unless it is being done, or has been stopped. */
  hurry(): void {
    if (this.timer !== undefined) this.run();
  }

  /** Resolves when what runs has come to its end. */
  async stop(): Promise<void> {
    clearInterval(this.timer);
    this.timer = undefined;
    await this.running;
  }

  private run(): void {
    this.running ??= this.work().finally(() => (this.running = undefined));
  }
}
