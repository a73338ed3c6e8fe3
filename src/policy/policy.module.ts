import { Module, type DynamicModule } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { PolicyOptions } from './policy-options.js';
import type { SendLimits } from './sending/send-decision.js';
import { SendLimitMetrics } from './sending/send-limit-metrics.js';
import { SendQuota } from './sending/send-quota.js';
import { SendReservation } from './sending/send-reservation.entity.js';

/** What may leave a mailbox. */
@Module({})
export class PolicyModule {
  static forRoot(sendLimits: SendLimits): DynamicModule {
    return {
      module: PolicyModule,
      global: true,
      imports: [TypeOrmModule.forFeature([SendReservation])],
      providers: [
        { provide: PolicyOptions, useValue: new PolicyOptions(sendLimits) },
        SendLimitMetrics,
        SendQuota,
      ],
      exports: [SendQuota],
    };
  }
}
