import { Injectable } from '@nestjs/common';
import { Counter, Gauge } from 'prom-client';
import { labelCombinations, MetricsRegistry } from '../../metrics/index.js';
import type { RenewalEnd } from './watch-schedule.js';

const looks = ['changed', 'unchanged', 'resync', 'failed', 'ended'] as const;
const renewals = ['renewed', 'refused', 'failed'] as const satisfies RenewalEnd['status'][];
const notifications = ['news', 'known', 'malformed', 'refused'] as const;

/** How mailboxes are watched. */
@Injectable()
export class WatchMetrics {
  private readonly looks: Counter<'outcome'>;
  private readonly renewals: Counter<'outcome'>;
  private readonly notifications: Counter<'outcome'>;
  private readonly listeners: Gauge;

  constructor(registry: MetricsRegistry) {
    const counter = (name: string, help: string, outcomes: readonly string[]): Counter<'outcome'> => {
      const made = new Counter({ name, help, labelNames: ['outcome'], registers: [registry] });
      for (const series of labelCombinations({ outcome: [...outcomes] })) made.inc(series, 0);
      return made;
    };
    this.looks = counter(
      'evergrant_mailbox_looks_total',
      'Looks at the history of watched mailboxes: changed, unchanged, resync, failed, or ended with the watch',
      looks,
    );
    this.renewals = counter(
      'evergrant_mailbox_watch_renewals_total',
      "Requests for Gmail's notifications: renewed, refused, or failed",
      renewals,
    );
    this.notifications = counter(
      'evergrant_gmail_notifications_total',
      'Notifications of Pub/Sub: news, known already (or of no watched mailbox), malformed, or refused',
      notifications,
    );
    this.listeners = new Gauge({
      name: 'evergrant_mcp_listeners',
      help: 'Open streams of resource updates',
      registers: [registry],
    });
  }

  looked(outcome: (typeof looks)[number]): void {
    this.looks.inc({ outcome });
  }

  renewed({ status }: RenewalEnd): void {
    this.renewals.inc({ outcome: status });
  }

  notified(outcome: (typeof notifications)[number]): void {
    this.notifications.inc({ outcome });
  }

  listening(streams: number): void {
    this.listeners.set(streams);
  }
}
