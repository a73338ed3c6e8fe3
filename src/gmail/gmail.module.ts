import { type DynamicModule, Module } from '@nestjs/common';
import { GmailClient } from './gmail-client.js';
import type { OutboundProxy } from '../resilience/index.js';
import { MetricsModule } from '../metrics/index.js';
import { GmailHttp } from './client/gmail-http.js';
import { WorkerThreads } from './threads/worker-threads.js';
import { defaultGmailLimits, type GmailLimits, GmailOptions } from './client/gmail-options.js';
import { ReadingMetrics } from './reading/reading-metrics.js';

interface GmailModuleOptions {
  apiUrl: string;
  limits?: Partial<GmailLimits>;
  proxy?: OutboundProxy | null;
}

/** Provides the `GmailClient`; global, as it is one connection pool. */
@Module({})
export class GmailModule {
  static forRoot({ apiUrl, limits, proxy = null }: GmailModuleOptions): DynamicModule {
    return {
      module: GmailModule,
      global: true,
      imports: [MetricsModule],
      providers: [
        {
          provide: GmailOptions,
          useValue: new GmailOptions(apiUrl, { ...defaultGmailLimits, ...limits }, proxy),
        },
        {
          provide: WorkerThreads,
          useFactory: ({ limits }: GmailOptions) => new WorkerThreads(limits.threadTimeoutMs),
          inject: [GmailOptions],
        },
        GmailHttp,
        ReadingMetrics,
        GmailClient,
      ],
      exports: [GmailClient],
    };
  }
}
