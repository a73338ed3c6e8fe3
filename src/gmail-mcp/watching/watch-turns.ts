import { Injectable, Logger } from '@nestjs/common';
import { EvergrantError, toEvergrantError } from '../../errors/index.js';
import type { OpenMailbox } from '../../gmail/index.js';
import { pushRenewal } from '../watches/push-renewal.js';
import { seenChanges } from '../watches/seen-changes.js';
import { StoredWatches } from '../watches/stored-watches.js';
import { WatchLeases, type LeasedWatch, type WatchTurnEnd } from '../watches/watch-leases.js';
import { WatchMetrics } from '../watches/watch-metrics.js';
import { WatchOptions } from '../watches/watch-options.js';
import { nextLookSeconds, nextMode, nextRenewalSeconds, type LookEnd } from '../watches/watch-schedule.js';
import { WatchedMailboxes } from './watched-mailboxes.js';

/** What a page of history holds at most: one request a look, whatever has come. */
const recordsPerLook = 100;
/** How long one mailbox may take, however Gmail answers. */
const turnMs = 20_000;

type Look = NonNullable<WatchTurnEnd['look']>;
type Seen = { end: LookEnd } & Pick<Look, 'historyId' | 'change'>;

/** One turn at one watched mailbox: its notifications renewed where that is due, its history looked at where that is. */
@Injectable()
export class WatchTurns {
  private readonly logger = new Logger(WatchTurns.name);

  constructor(
    private readonly mailboxes: WatchedMailboxes,
    private readonly leases: WatchLeases,
    private readonly stored: StoredWatches,
    private readonly options: WatchOptions,
    private readonly metrics: WatchMetrics,
  ) {}

  /** Never rejects. @param shutdown aborts the turn, which another process then takes */
  async take(watch: LeasedWatch, shutdown: AbortSignal): Promise<void> {
    const { instanceId } = watch;
    try {
      const end = await this.turn(watch, shutdown);
      if (end === 'released') await this.leases.release(watch);
      else if (end === 'ended') await this.stored.remove(watch);
      else await this.leases.settle(watch, end);
    } catch (cause) {
      // The lease ends by itself.
      this.logger.warn({
        msg: 'A look at a mailbox could not be recorded',
        instanceId,
        cause: String(cause),
      });
    }
  }

  private async turn(
    watch: LeasedWatch,
    shutdown: AbortSignal,
  ): Promise<WatchTurnEnd | 'ended' | 'released'> {
    const until = AbortSignal.any([shutdown, AbortSignal.timeout(turnMs)]);
    let opened: OpenMailbox | null;
    try {
      opened = await this.mailboxes.open(watch, until);
    } catch (thrown) {
      return shutdown.aborted ? 'released' : this.turnWithout(watch, toEvergrantError(thrown));
    }
    if (opened === null) {
      this.metrics.looked('ended');
      return 'ended';
    }
    const renewal = await this.renewal(watch, opened, until);
    const mode = nextMode(renewal?.end ?? null, watch.mode, watch.isAlive);
    const seen = watch.lookDue ? await this.look(watch, opened.mailbox, until) : null;
    if (shutdown.aborted) return 'released';
    return { mode, renewal, look: seen === null ? null : this.lookOf(seen, watch, mode) };
  }

  /** Where there is no access to the mailbox, all that was due has failed. */
  private turnWithout(watch: LeasedWatch, error: EvergrantError): WatchTurnEnd {
    const mode = nextMode(null, watch.mode, watch.isAlive);
    const end = { status: 'failed' } as const;
    const nextSeconds = nextRenewalSeconds(end, watch.renewalFailures + 1, Math.random());
    const failed = { end: failedLook(error), historyId: watch.historyId, change: null };
    return {
      mode,
      renewal: watch.renewalDue ? { end, nextSeconds, topic: watch.topic } : null,
      look: watch.lookDue ? this.lookOf(failed, watch, mode) : null,
    };
  }

  /** The deployment may have got another topic since, or none: then that is due as well. */
  private async renewal(
    { topic: before, renewalDue, renewalFailures, instanceId }: LeasedWatch,
    opened: OpenMailbox,
    until: AbortSignal,
  ): Promise<WatchTurnEnd['renewal']> {
    const { topic } = this.options;
    if (!renewalDue && topic === before) return null;
    // Gmail takes no other topic while it publishes to one.
    if (before !== null && topic !== before) await opened.pushWatch.stop().catch(() => undefined);
    if (topic === null) return { end: { status: 'refused' }, nextSeconds: 0, topic };
    const end = await pushRenewal(opened, topic);
    this.metrics.renewed(end);
    if (end.status !== 'renewed' && !until.aborted)
      this.logger.warn({ msg: "Gmail's notifications were not renewed", instanceId, outcome: end.status });
    return { end, nextSeconds: nextRenewalSeconds(end, renewalFailures + 1, Math.random()), topic };
  }

  private async look(
    { historyId, labelIds }: LeasedWatch,
    mailbox: OpenMailbox['mailbox'],
    until: AbortSignal,
  ): Promise<Seen> {
    try {
      const history = await mailbox.listHistory(historyId, recordsPerLook);
      const seen = seenChanges(history, labelIds);
      const change = seen && ({ kind: 'changed', ...seen } as const);
      return { end: { status: 'looked' }, historyId: history.historyId, change };
    } catch (thrown) {
      if (!isGone(thrown))
        return { end: failedLook(toEvergrantError(thrown), until), historyId, change: null };
    }
    return this.resync(historyId, mailbox, until);
  }

  /** Gmail no longer knows what came since: it goes on from now, and whoever listens is told that anything may have. */
  private async resync(
    historyId: string,
    mailbox: OpenMailbox['mailbox'],
    until: AbortSignal,
  ): Promise<Seen> {
    try {
      const { historyId: now } = await mailbox.getProfile();
      const change = { kind: 'resync', messageIds: null, threadIds: null } as const;
      return { end: { status: 'resync' }, historyId: now, change };
    } catch (thrown) {
      return { end: failedLook(toEvergrantError(thrown), until), historyId, change: null };
    }
  }

  private lookOf({ end, historyId, change }: Seen, watch: LeasedWatch, mode: LeasedWatch['mode']): Look {
    if (end.status === 'looked') this.metrics.looked(change === null ? 'unchanged' : 'changed');
    else this.metrics.looked(end.status);
    const { pollSeconds } = this.options;
    const failures = end.status === 'failed' ? watch.lookFailures + 1 : 0;
    if (failures === 1 && end.status === 'failed')
      this.logger.warn({
        ...{ msg: 'A watched mailbox could not be looked at' },
        ...{ instanceId: watch.instanceId, errorCode: end.code },
      });
    return {
      historyId,
      change,
      errorCode: end.status === 'failed' ? end.code : null,
      nextSeconds: nextLookSeconds(end, { mode, pollSeconds, failures }),
    };
  }
}

function isGone(thrown: unknown): boolean {
  return thrown instanceof EvergrantError && thrown.code === 'NOT_FOUND';
}

/** What was cut off for its time is a fault of Gmail's, or of the way there. */
function failedLook({ code, retryAfterSeconds }: EvergrantError, until?: AbortSignal): LookEnd {
  const told = until?.aborted === true ? 'SERVICE_UNAVAILABLE' : code;
  return { status: 'failed', code: told, retryAfterSeconds: retryAfterSeconds ?? null };
}
