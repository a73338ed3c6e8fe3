import { Injectable, Logger } from '@nestjs/common';
import type { OpenMailbox } from '../../gmail/index.js';
import type { InstanceWatches, KnownWatch } from './instance-watches.js';
import { pushRenewal } from './push-renewal.js';
import { StoredWatches, type WatchPlace } from './stored-watches.js';
import { WatchMetrics } from './watch-metrics.js';
import { WatchOptions } from './watch-options.js';
import { nextMode, nextRenewalSeconds } from './watch-schedule.js';

type Opened = Pick<OpenMailbox, 'mailbox' | 'pushWatch'>;

/** Begins and ends the watching of mailboxes, as their instances' callers ask for it. */
@Injectable()
export class MailboxWatches {
  private readonly logger = new Logger(MailboxWatches.name);

  constructor(
    private readonly stored: StoredWatches,
    private readonly options: WatchOptions,
    private readonly metrics: WatchMetrics,
  ) {}

  of({ tenantId, id }: { tenantId: string; id: string }, opened: Opened): InstanceWatches {
    const place = { tenantId, instanceId: id };
    return {
      start: (labelIds) => this.start(place, opened, labelIds),
      stop: () => this.stop(place, opened),
    };
  }

  /** Notifications that Gmail does not agree to now are asked for again later; until then the mailbox is looked at. */
  private async start(
    place: WatchPlace,
    { mailbox, pushWatch }: Opened,
    labelIds: readonly string[],
  ): Promise<KnownWatch> {
    const { topic, pollSeconds } = this.options;
    const { emailAddress: email, historyId } = await mailbox.getProfile();
    const put = { ...place, email, labelIds, historyId, topic, lookInSeconds: pollSeconds };
    const watch = await this.stored.put(put);
    if (topic === null) return watch;
    const end = await pushRenewal({ pushWatch }, topic);
    this.metrics.renewed(end);
    const mode = nextMode(end, watch.mode, watch.expiresAt !== null);
    const nextSeconds = nextRenewalSeconds(end, 1, Math.random());
    await this.stored.renewed(place, end, { mode, nextSeconds });
    const expiresAt = end.status === 'renewed' ? end.expiresAt : watch.expiresAt;
    return { ...watch, mode, expiresAt: mode === 'push' ? expiresAt : null };
  }

  private async stop(place: WatchPlace, { pushWatch }: Opened): Promise<boolean> {
    const email = await this.stored.remove(place);
    if (email === null) return false;
    if (this.options.topic !== null && !(await this.stored.needsNotifications(email))) {
      // They end by themselves within a week, and mean nothing until then.
      await pushWatch.stop().catch((cause: unknown) => {
        const { instanceId } = place;
        this.logger.warn({
          msg: 'Gmail was not told to end its notifications',
          instanceId,
          cause: String(cause),
        });
      });
    }
    return true;
  }
}
