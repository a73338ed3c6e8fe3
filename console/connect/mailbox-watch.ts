import { lookAt, type Access } from './connect-client.js';
import type { Look } from './mailbox-condition.js';

/** A consent under way is seen to end within this time. */
const hurriedSeconds = 2;
const longestPauseSeconds = 60;

/** What a watch asks its owner for, and tells it. */
export interface WatchOwner {
  /** Where to look; null while there is no token. */
  access(): Access | null;
  /** Asks the page for another token. @returns whether it gave one */
  renewToken(): Promise<boolean>;
  /** Seconds between two looks. */
  readonly refreshSeconds: number;
  /** Whether a consent is under way, so that an end is to be seen soon, also behind another window. */
  readonly hurries: boolean;
  told(look: Look): void;
}

/**
 * Looks after one instance again and again: while the page is seen, less often while nothing answers, and at once when
 * the page comes to the front. A stream would hold one of the six connections that a browser opens to an origin.
 */
export class MailboxWatch {
  private timer: ReturnType<typeof setTimeout> | undefined;
  private run = 0;
  private unanswered = 0;
  private quiet = false;
  private readonly wake = () => {
    if (document.visibilityState === 'visible') this.soon();
  };

  constructor(private readonly owner: WatchOwner) {}

  start(): void {
    for (const [target, event] of wakingEvents()) target.addEventListener(event, this.wake);
    this.soon();
  }

  stop(): void {
    for (const [target, event] of wakingEvents()) target.removeEventListener(event, this.wake);
    this.run += 1;
    clearTimeout(this.timer);
  }

  /** Looks now, in place of the look that would have been next. */
  soon(): void {
    if (this.quiet) return;
    this.run += 1;
    clearTimeout(this.timer);
    void this.look(this.run);
  }

  /** What is changed in `work` begins no look. */
  quietly(work: () => void): void {
    this.quiet = true;
    work();
    this.quiet = false;
  }

  private async look(run: number): Promise<void> {
    const look = await this.lookOrRenew(run);
    if (run !== this.run) return;
    this.unanswered = look.outcome === 'unanswered' ? this.unanswered + 1 : 0;
    this.owner.told(look);
    // Until the page has another token there is nothing to look with.
    if (look.outcome === 'session-over' || run !== this.run) return;
    this.later(run, Math.max(this.pauseSeconds, look.retryAfterSeconds ?? 0));
  }

  private later(run: number, seconds: number): void {
    this.timer = setTimeout(() => {
      // A page that is not seen goes on when it comes to the front.
      if (document.visibilityState === 'visible' || this.owner.hurries) void this.look(run);
    }, seconds * 1000);
  }

  private async lookOrRenew(run: number): Promise<Look & { retryAfterSeconds?: number }> {
    const access = this.owner.access();
    const first = access === null ? ({ outcome: 'session-over' } as const) : await lookAt(access);
    if (first.outcome !== 'session-over' || run !== this.run) return first;
    const renewed = (await this.owner.renewToken()) ? this.owner.access() : null;
    return renewed === null ? first : lookAt(renewed);
  }

  private get pauseSeconds(): number {
    const usual = this.owner.hurries ? hurriedSeconds : this.owner.refreshSeconds;
    return Math.min(usual * 2 ** this.unanswered, Math.max(usual, longestPauseSeconds));
  }
}

function wakingEvents(): [EventTarget, string][] {
  return [
    [document, 'visibilitychange'],
    [window, 'focus'],
    [window, 'online'],
    [window, 'pageshow'],
  ];
}
