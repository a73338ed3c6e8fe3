import { Injectable, type CanActivate, type OnModuleDestroy } from '@nestjs/common';
import { EvergrantError } from '../errors/index.js';

/** Lets nothing new begin while the service shuts down; what runs is finished, and can still be asked for. */
@Injectable()
export class DrainingGuard implements CanActivate, OnModuleDestroy {
  private draining = false;

  /** The first that a shutdown calls; only then are running attempts waited for. */
  onModuleDestroy(): void {
    this.draining = true;
  }

  /** @throws EvergrantError `SERVICE_UNAVAILABLE` */
  canActivate(): boolean {
    if (this.draining) throw new EvergrantError('SERVICE_UNAVAILABLE', { reason: 'shutting_down' });
    return true;
  }
}
