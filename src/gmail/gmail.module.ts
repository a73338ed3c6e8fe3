import { type DynamicModule, Module } from '@nestjs/common';
import { GmailClient } from './gmail-client.js';
import { MetricsModule } from '../metrics/index.js';
import { GmailHttp } from './client/gmail-http.js';
import { WorkerThreads } from './threads/worker-threads.js';
import { defaultGmailLimits, type GmailLimits, GmailOptions } from './client/gmail-options.js';
import { ReadingMetrics } from './reading/reading-metrics.js';

/** Provides the `GmailClient`; global, as it is one connection pool. */
@Module({})
export class GmailModule {
  static forRoot({ apiUrl, limits }: { apiUrl: string; limits?: Partial<GmailLimits> }): DynamicModule {
    return {
      module: GmailModule,
      global: true,
      imports: [MetricsModule],
      providers: [
        { provide: GmailOptions, useValue: new GmailOptions(apiUrl, { ...defaultGmailLimits, ...limits }) },
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
