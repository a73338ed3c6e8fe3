import { setTimeout as pause } from 'node:timers/promises';
import type { Mailbox, Mailboxes } from './mailboxes.js';
import type { Random } from './random.js';
import type { Stage } from './stage.js';

const callers = 4;
/** Of the tokens that are handed out, how many their users call rejected. */
const rejectedShare = 0.3;

/** Callers that want tokens all the time, from whichever API process is up. They never force a refresh. */
export class Load {
  /** How often each HTTP status was answered; 0: no answer. */
  readonly answers = new Map<number, number>();
  private running: Promise<unknown> = Promise.resolve();
  private stopping = new AbortController();

  constructor(
    private readonly stage: Stage,
    private readonly mailboxes: Mailboxes,
    private readonly all: readonly Mailbox[],
    private readonly random: Random,
  ) {}

  start(): void {
    this.stopping = new AbortController();
    this.running = Promise.all(Array.from({ length: callers }, () => this.call()));
  }

  /** Resolves when every caller has its last answer. */
  async stop(): Promise<void> {
    this.stopping.abort();
    await this.running;
  }

  private async call(): Promise<void> {
    while (!this.stopping.signal.aborted) {
      const up = this.stage.role('api').filter(({ isUp }) => isUp);
      if (up.length > 0) {
        const [api, mailbox] = [this.random.oneOf(up), this.random.oneOf(this.all)];
        const { status, accessToken } = await this.mailboxes.accessToken(api, mailbox);
        this.count(status);
        if (accessToken !== undefined && this.random.fraction() < rejectedShare)
          this.count((await this.mailboxes.anotherToken(api, mailbox, accessToken)).status);
      }
      await pause(this.random.between(20, 120));
    }
  }

  private count(status: number): void {
    this.answers.set(status, (this.answers.get(status) ?? 0) + 1);
  }
}
