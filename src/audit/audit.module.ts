import { Global, Module, type DynamicModule, type Provider } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AuditOptions } from './audit-options.js';
import { auditSinks, AuditTrail } from './audit-trail.js';
import { AuditChain } from './chain/audit-chain.js';
import { AuditEventRow } from './chain/audit-event.entity.js';
import { AuditHead } from './chain/audit-head.entity.js';
import { AuditKeySource } from './chain/chain-keys.js';
import { IssuedAccessTokens } from './issued-access-tokens.js';
import { LateRecords } from './late-records.js';
import { LogSink } from './log-sink.js';
import { AuditLog } from './reading/audit-log.js';
import { RefusalMetrics } from './refusal-metrics.js';
import { RequestedChanges } from './requested-changes.js';
import { AuditPruning } from './retention/audit-pruning.js';

const told: Provider[] = [
  AuditTrail,
  IssuedAccessTokens,
  LogSink,
  RefusalMetrics,
  {
    provide: auditSinks,
    inject: [LogSink, RefusalMetrics],
    useFactory: (log: LogSink, refusals: RefusalMetrics) => [log, refusals],
  },
];

/** What was done, and by whom. */
@Global()
@Module({})
export class AuditModule {
  /** For a process without a database: lines in the log. */
  static forLog(): DynamicModule {
    return { module: AuditModule, providers: told, exports: [AuditTrail, IssuedAccessTokens] };
  }

  /** With the tenants' chains. @param keySource provides {@link AuditKeySource}, which this module may not know */
  static forChains(options: AuditOptions, keySource: Provider<AuditKeySource>): DynamicModule {
    return {
      module: AuditModule,
      imports: [TypeOrmModule.forFeature([AuditEventRow, AuditHead])],
      providers: [
        ...told,
        { provide: AuditOptions, useValue: options },
        keySource,
        AuditChain,
        AuditLog,
        AuditPruning,
        LateRecords,
        RequestedChanges,
      ],
      exports: [AuditTrail, IssuedAccessTokens, AuditChain, AuditLog, RequestedChanges],
    };
  }
}
