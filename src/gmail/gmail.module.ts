import { type DynamicModule, Module, type Type } from '@nestjs/common';
import { GmailClient } from './gmail-client.js';
import { Clock, type OutboundProxy } from '../resilience/index.js';
import { MetricsModule } from '../metrics/index.js';
import { GmailHttp } from './client/gmail-http.js';
import { WorkerThreads } from './threads/worker-threads.js';
import { defaultGmailLimits, type GmailLimits, GmailOptions } from './client/gmail-options.js';
import { GmailQuota } from './quota/gmail-quota.js';
import { QuotaMetrics } from './quota/quota-metrics.js';
import { QuotaOptions } from './quota/quota-options.js';
import { unitCosts } from './quota/unit-costs.js';
import { type SharedUnits, UnitSource } from './quota/unit-source.js';
import { DocumentReader } from './files/document-reader.js';
import { FileMetrics } from './files/file-metrics.js';
import { ReadingMetrics } from './reading/reading-metrics.js';

interface GmailModuleOptions {
  apiUrl: string;
  limits?: Partial<GmailLimits>;
  proxy?: OutboundProxy | null;
  quota?: {
    /** Of one mailbox (0: no limit of ours). */
    unitsPerMinute: number;
    /** Where the costs of methods are not Google's of 2026. */
    unitCosts?: Readonly<Record<string, number>> | undefined;
    /** Where all processes count what they spend (each counts alone). */
    sharedUnits?: Type<SharedUnits>;
  };
}

/** Provides the `GmailClient`; global, as it is one connection pool. */
@Module({})
export class GmailModule {
  static forRoot({
    apiUrl,
    limits,
    proxy = null,
    quota = { unitsPerMinute: 0 },
  }: GmailModuleOptions): DynamicModule {
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
        {
          provide: QuotaOptions,
          useValue: new QuotaOptions(quota.unitsPerMinute, unitCosts(quota.unitCosts)),
        },
        {
          provide: UnitSource,
          useFactory: (clock: Clock, metrics: QuotaMetrics, shared: SharedUnits | null = null) =>
            new UnitSource(shared, clock, metrics),
          inject: [Clock, QuotaMetrics, ...(quota.sharedUnits === undefined ? [] : [quota.sharedUnits])],
        },
        GmailHttp,
        GmailQuota,
        QuotaMetrics,
        ReadingMetrics,
        FileMetrics,
        DocumentReader,
        GmailClient,
      ],
      exports: [GmailClient, QuotaOptions],
    };
  }
}
