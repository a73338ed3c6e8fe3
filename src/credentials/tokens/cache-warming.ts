import {
  Inject,
  Injectable,
  Logger,
  type OnApplicationBootstrap,
  type OnModuleDestroy,
} from '@nestjs/common';
import { CredentialReader } from '../store/credential-reader.js';
import { CredentialsOptions } from '../credentials-options.js';
import { TokenCache } from './token-cache.js';

const warmedAtMost = 10_000;

/** Brings the tokens into memory that were used last, so that a new process does not begin with a run on the database. */
@Injectable()
export class CacheWarming implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger(CacheWarming.name);
  private warming: Promise<void> | undefined;

  constructor(
    private readonly reader: CredentialReader,
    private readonly cache: TokenCache,
    @Inject(CredentialsOptions) private readonly options: CredentialsOptions,
  ) {}

  /** Goes on behind the start, which does not wait for it. */
  onApplicationBootstrap(): void {
    this.warming = this.warm();
  }

  async onModuleDestroy(): Promise<void> {
    await this.warming;
  }

  private async warm(): Promise<void> {
    try {
      const lastUsed = await this.reader.lastUsed(warmedAtMost, this.options.expiryBufferSeconds);
      for (const credential of lastUsed) {
        const token = await this.reader.liveToken(credential);
        if (token) this.cache.set(credential.id, token);
      }
      this.logger.log({ msg: 'Tokens used last are in memory', count: lastUsed.length });
    } catch (cause) {
      this.logger.warn({ msg: 'Memory could not be warmed', cause: String(cause) });
    }
  }
}
