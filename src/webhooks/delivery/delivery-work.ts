import {
  Injectable,
  Logger,
  type BeforeApplicationShutdown,
  type OnApplicationBootstrap,
  type OnModuleDestroy,
} from '@nestjs/common';
import { Recurrence } from '../../resilience/index.js';
import type { ClaimedDelivery } from './claimed-delivery.js';
import { DeliveryAttempts } from './delivery-attempts.js';
import { DeliveryLeases, type DueDeliveries } from './delivery-leases.js';

const everyMs = 500;
/** Attempts that one process makes at once, and those of one tenant among them. */
const atOnce = 64;
const atOnceOfTenant = 16;

/** What a process of the role `api` does by itself: it delivers what is due, of any tenant. */
@Injectable()
export class DeliveryWork implements OnApplicationBootstrap, OnModuleDestroy, BeforeApplicationShutdown {
  private readonly logger = new Logger(DeliveryWork.name);
  private readonly sweeping = new Recurrence(everyMs, () => this.sweep());
  /** By webhook: one batch of each at a time. */
  private readonly underWay = new Map<string, { tenantId: string; size: number; batch: Promise<void> }>();
  private isStopping = false;

  constructor(
    private readonly leases: DeliveryLeases,
    private readonly attempts: DeliveryAttempts,
  ) {}

  onApplicationBootstrap(): void {
    this.sweeping.start();
  }

  onModuleDestroy(): void {
    this.isStopping = true;
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.isStopping = true;
    await this.sweeping.stop();
    await Promise.all([...this.underWay.values()].map(({ batch }) => batch));
  }

  /** Begins what is due, as far as there is room. Never rejects. */
  async sweep(): Promise<void> {
    const room = atOnce - this.inHand();
    if (room <= 0 || this.isStopping) return;
    try {
      const due = await this.leases.due(room, this.busy());
      for (const each of due) this.begin(each);
    } catch (cause) {
      this.logger.warn({ msg: 'Webhook deliveries could not be looked through', cause: String(cause) });
    }
  }

  private begin(due: DueDeliveries): void {
    const { tenantId, webhookId, ids } = due;
    if (this.isStopping || this.underWay.has(webhookId)) return;
    const batch = this.deliver(due).then((count) => {
      this.underWay.delete(webhookId);
      // What waited behind these.
      if (count > 0) this.sweeping.hurry();
    });
    this.underWay.set(webhookId, { tenantId, size: ids.length, batch });
  }

  /** @returns how many there were. Never rejects. */
  private async deliver(due: DueDeliveries): Promise<number> {
    try {
      const claimed = await this.leases.claim(due);
      await Promise.all(claimed.map((delivery) => this.attempt(delivery)));
      return claimed.length;
    } catch (cause) {
      this.logger.warn({ msg: 'Webhook deliveries could not be taken', cause: String(cause) });
      return 0;
    }
  }

  private async attempt(delivery: ClaimedDelivery): Promise<void> {
    try {
      await this.attempts.attempt(delivery, { isOnce: false });
    } catch (cause) {
      // Whether it arrived or not, it is due again when its lease has ended.
      this.logger.warn({
        msg: 'A webhook delivery could not be settled',
        ...{ deliveryId: delivery.id, cause: String(cause) },
      });
    }
  }

  private inHand(): number {
    return [...this.underWay.values()].reduce((sum, { size }) => sum + size, 0);
  }

  private busy(): { webhookIds: string[]; tenantIds: string[] } {
    const byTenant = new Map<string, number>();
    for (const { tenantId, size } of this.underWay.values())
      byTenant.set(tenantId, (byTenant.get(tenantId) ?? 0) + size);
    const tenantIds = [...byTenant].filter(([, size]) => size >= atOnceOfTenant).map(([id]) => id);
    return { webhookIds: [...this.underWay.keys()], tenantIds };
  }
}
