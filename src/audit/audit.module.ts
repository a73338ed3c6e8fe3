import { Global, Module } from '@nestjs/common';
import { auditSinks, AuditTrail } from './audit-trail.js';
import { IssuedAccessTokens } from './issued-access-tokens.js';
import { LogSink } from './log-sink.js';
import { RefusalMetrics } from './refusal-metrics.js';

/** What was done, and by whom. */
@Global()
@Module({
  providers: [
    AuditTrail,
    IssuedAccessTokens,
    LogSink,
    RefusalMetrics,
    {
      provide: auditSinks,
      inject: [LogSink, RefusalMetrics],
      useFactory: (log: LogSink, refusals: RefusalMetrics) => [log, refusals],
    },
  ],
  exports: [AuditTrail, IssuedAccessTokens],
})
export class AuditModule {}
