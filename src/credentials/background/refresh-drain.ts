import { Injectable, Module, type OnApplicationShutdown } from '@nestjs/common';
import { CredentialRefresher } from '../refresh/credential-refresher.js';

/** Waits for the refreshes that go on without their callers, once the HTTP server has answered all requests. */
@Injectable()
class RefreshDrain implements OnApplicationShutdown {
  constructor(private readonly refresher: CredentialRefresher) {}

  async onApplicationShutdown(): Promise<void> {
    await this.refresher.drained();
  }
}

/**
 * A module of its own, and not a global one: Nest shuts those down first, and among the global ones the data source
 * comes before the credentials.
 */
@Module({ providers: [RefreshDrain] })
export class RefreshDrainModule {}
