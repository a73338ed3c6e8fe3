import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { ChangeFeed } from '../../database/index.js';
import { TokenCache } from './token-cache.js';

/**
 * Drops from memory what another process has refreshed, reconnected, disconnected or ended, within a second. While
 * the feed cannot be read, nothing in memory is older than a minute all the same.
 */
@Injectable()
export class CacheInvalidation implements OnApplicationBootstrap {
  constructor(
    private readonly feed: ChangeFeed,
    private readonly cache: TokenCache,
  ) {}

  /** Ends with the feed, at a shutdown. */
  onApplicationBootstrap(): void {
    this.feed.committed.subscribe((changes) => {
      for (const { credentialId, position } of changes)
        if (credentialId !== null) this.cache.dropChanged(credentialId, BigInt(position.transactionId));
    });
  }
}
