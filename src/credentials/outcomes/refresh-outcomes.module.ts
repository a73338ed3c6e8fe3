import { Module, type DynamicModule } from '@nestjs/common';
import { LateDatabase } from '../../database/index.js';
import { SharedOutcomes } from '../../oauth/index.js';
import { MasterKeyring } from '../vault/master-keyring.js';
import { RefreshOutcomes } from './refresh-outcomes.js';
import { UnreadableSecrets } from '../vault/unreadable-secrets.js';
import type { SealingKey } from '../vault/sealed-text.js';

/** Lets replicas of the OAuth service share what became of attempts; all that this role has of the credentials. */
@Module({})
export class RefreshOutcomesModule {
  static forRoot(options: { databaseUrl: string; encryptionKeys: readonly SealingKey[] }): DynamicModule {
    return {
      module: RefreshOutcomesModule,
      providers: [
        { provide: LateDatabase, useFactory: () => new LateDatabase(options.databaseUrl) },
        { provide: MasterKeyring, useFactory: () => new MasterKeyring(options.encryptionKeys) },
        UnreadableSecrets,
        { provide: SharedOutcomes, useClass: RefreshOutcomes },
      ],
      exports: [SharedOutcomes],
    };
  }
}
