import { Module, type DynamicModule } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AbsentOAuthClients } from './store/absent-oauth-clients.js';
import { BackgroundWork } from './background/background-work.js';
import { CacheInvalidation } from './tokens/cache-invalidation.js';
import { CacheWarming } from './tokens/cache-warming.js';
import { CredentialEvent } from './grants/credential-event.entity.js';
import { CredentialCensus } from './metrics/credential-census.js';
import { CredentialMetrics } from './metrics/credential-metrics.js';
import { CredentialReader } from './store/credential-reader.js';
import { CredentialRelease } from './grants/credential-release.js';
import { CredentialRefresher } from './refresh/credential-refresher.js';
import { CredentialsOptions } from './credentials-options.js';
import { DueCredentials } from './background/due-credentials.js';
import { DataKey } from './vault/data-key.entity.js';
import { DataKeys } from './vault/data-keys.js';
import { FigureRollup } from './figures/figure-rollup.js';
import { RefreshFigure } from './figures/refresh-figure.entity.js';
import { RefreshFigures } from './figures/refresh-figures.js';
import { RefreshFiguresProgress } from './figures/refresh-figures-progress.entity.js';
import { RefreshObstaclesReader } from './figures/refresh-obstacles.js';
import { ForcedRefreshLimit } from './tokens/forced-refresh-limit.js';
import { GrantRecorder } from './grants/grant-recorder.js';
import { GrantAccounts } from './grants/grant-accounts.js';
import { GrantNotes } from './grants/grant-notes.js';
import { HistoryPruning } from './grants/history-pruning.js';
import { LiveGrants } from './grants/live-grants.js';
import { MasterKeyring } from './vault/master-keyring.js';
import { McpCredential } from './store/credential.entity.js';
import { OAuthClient } from './store/oauth-client.entity.js';
import { OAuthClients } from './store/oauth-clients.js';
import { ProviderReports } from './reports/provider-reports.js';
import { RecordCipher } from './vault/record-cipher.js';
import { SignInCipher } from './vault/sign-in-cipher.js';
import { RefreshAttempts } from './refresh/refresh-attempts.js';
import { RefreshDrainModule } from './background/refresh-drain.js';
import { RefreshGate } from './schedule/refresh-gate.entity.js';
import { RefreshLeases } from './refresh/refresh-leases.js';
import { RefreshOutcomeRecord } from './outcomes/refresh-outcome.entity.js';
import { RefreshRecords } from './commits/refresh-records.js';
import { RefreshSealer } from './commits/refresh-sealer.js';
import { RefreshSettlement } from './refresh/refresh-settlement.js';
import { RefreshStore } from './commits/refresh-store.js';
import { RefreshSpill } from './commits/refresh-spill.js';
import { RefreshSweep } from './background/refresh-sweep.js';
import { RefusedGrants } from './grants/refused-grants.js';
import { Revocation } from './grants/revocation.entity.js';
import { RevocationQueue } from './grants/revocation-queue.js';
import { SuspectProbe } from './background/suspect-probe.js';
import { TokenBroker } from './tokens/token-broker.js';
import { TokenCache } from './tokens/token-cache.js';
import { TokenCipher } from './vault/token-cipher.js';
import { TokenFingerprints } from './vault/token-fingerprints.js';
import { TokenIdentifiers } from './reports/token-identifiers.js';
import { UnreadableSecrets } from './vault/unreadable-secrets.js';
import { VerdictHold } from './verdicts/verdict-hold.entity.js';
import { VerdictHolds } from './verdicts/verdict-holds.js';
import { Verdicts } from './verdicts/verdicts.js';

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
          RefreshFigure,
          RefreshFiguresProgress,
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
        AbsentOAuthClients,
        CacheInvalidation,
        CredentialCensus,
        CredentialMetrics,
        CredentialReader,
        CredentialRefresher,
        CredentialRelease,
        DataKeys,
        ForcedRefreshLimit,
        GrantAccounts,
        GrantNotes,
        GrantRecorder,
        LiveGrants,
        OAuthClients,
        ProviderReports,
        RecordCipher,
        SignInCipher,
        RefreshAttempts,
        RefreshFigures,
        RefreshLeases,
        RefreshObstaclesReader,
        RefreshRecords,
        RefreshSealer,
        RefreshSettlement,
        RefreshSpill,
        RefreshStore,
        RefusedGrants,
        ...(options.servesTokens ? [CacheWarming] : []),
        ...(options.worksInBackground
          ? [
              BackgroundWork,
              DueCredentials,
              FigureRollup,
              HistoryPruning,
              RefreshSweep,
              RevocationQueue,
              SuspectProbe,
            ]
          : []),
        TokenBroker,
        TokenCache,
        TokenCipher,
        TokenFingerprints,
        TokenIdentifiers,
        UnreadableSecrets,
        VerdictHolds,
        Verdicts,
      ],
      exports: [
        AbsentOAuthClients,
        CredentialRefresher,
        CredentialRelease,
        DataKeys,
        ForcedRefreshLimit,
        GrantAccounts,
        GrantNotes,
        GrantRecorder,
        OAuthClients,
        ProviderReports,
        RecordCipher,
        SignInCipher,
        RefreshFigures,
        RefreshObstaclesReader,
        RefusedGrants,
        TokenBroker,
      ],
    };
  }
}
