import { Module, type DynamicModule } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AttemptRecall } from './attempt-recall.js';
import { BackgroundWork } from './background-work.js';
import { CacheInvalidation } from './cache-invalidation.js';
import { CacheWarming } from './cache-warming.js';
import { CredentialEvent } from './credential-event.entity.js';
import { CredentialCensus } from './credential-census.js';
import { CredentialMetrics } from './credential-metrics.js';
import { CredentialReader } from './credential-reader.js';
import { CredentialRelease } from './credential-release.js';
import { CredentialRefresher } from './credential-refresher.js';
import { CredentialsOptions } from './credentials-options.js';
import { DueCredentials } from './due-credentials.js';
import { DataKey } from './data-key.entity.js';
import { DataKeys } from './data-keys.js';
import { ForcedRefreshLimit } from './forced-refresh-limit.js';
import { GrantRecorder } from './grant-recorder.js';
import { GrantNotes } from './grant-notes.js';
import { HistoryPruning } from './history-pruning.js';
import { MasterKeyring } from './master-keyring.js';
import { McpCredential } from './mcp-credential.entity.js';
import { OAuthClient } from './oauth-client.entity.js';
import { OAuthClients } from './oauth-clients.js';
import { RefreshAttempts } from './refresh-attempts.js';
import { RefreshCommitter } from './refresh-committer.js';
import { RefreshDrainModule } from './refresh-drain.js';
import { RefreshGate } from './refresh-gate.entity.js';
import { RefreshLeases } from './refresh-lease.js';
import { RefreshOutcomeRecord } from './refresh-outcome.entity.js';
import { RefreshSettlement } from './refresh-settlement.js';
import { RefreshStore } from './refresh-store.js';
import { RefreshSpill } from './refresh-spill.js';
import { RefreshSweep } from './refresh-sweep.js';
import { Revocation } from './revocation.entity.js';
import { RevocationQueue } from './revocation-queue.js';
import { SuspectProbe } from './suspect-probe.js';
import { TokenBroker } from './token-broker.js';
import { TokenCache } from './token-cache.js';
import { TokenCipher } from './token-cipher.js';
import { TokenCommits } from './token-commits.js';
import { TokenFingerprints } from './token-fingerprints.js';
import { VerdictHold } from './verdict-hold.entity.js';
import { VerdictHolds } from './verdict-holds.js';
import { Verdicts } from './verdicts.js';

/** Credentials at rest and in use. Keyed by credential; knows no instance and no HTTP. */
@Module({})
export class CredentialsModule {
  static forRoot(options: CredentialsOptions): DynamicModule {
    return {
      module: CredentialsModule,
      global: true,
      imports: [
        TypeOrmModule.forFeature([
          CredentialEvent,
          DataKey,
          McpCredential,
          OAuthClient,
          RefreshGate,
          RefreshOutcomeRecord,
          Revocation,
          VerdictHold,
        ]),
        RefreshDrainModule,
      ],
      providers: [
        { provide: CredentialsOptions, useValue: options },
        { provide: MasterKeyring, useFactory: () => new MasterKeyring(options.encryptionKeys) },
        AttemptRecall,
        CacheInvalidation,
        CredentialCensus,
        CredentialMetrics,
        CredentialReader,
        CredentialRefresher,
        CredentialRelease,
        DataKeys,
        ForcedRefreshLimit,
        GrantNotes,
        GrantRecorder,
        OAuthClients,
        RefreshAttempts,
        RefreshCommitter,
        RefreshLeases,
        RefreshSettlement,
        RefreshSpill,
        RefreshStore,
        ...(options.servesTokens ? [CacheWarming] : []),
        ...(options.worksInBackground
          ? [BackgroundWork, DueCredentials, HistoryPruning, RefreshSweep, RevocationQueue, SuspectProbe]
          : []),
        TokenBroker,
        TokenCache,
        TokenCipher,
        TokenCommits,
        TokenFingerprints,
        VerdictHolds,
        Verdicts,
      ],
      exports: [
        CredentialRefresher,
        CredentialRelease,
        ForcedRefreshLimit,
        GrantNotes,
        GrantRecorder,
        OAuthClients,
        TokenBroker,
      ],
    };
  }
}
