import { Injectable, type BeforeApplicationShutdown } from '@nestjs/common';
import { AttemptRegistry } from './attempt-registry.js';

/**
 * In the OAuth service a refresh is carried to its end before the server closes: its answer may be the only copy
 * of a token, and as long as the server listens its caller can still ask for it.
 */
@Injectable()
export class AttemptDrain implements BeforeApplicationShutdown {
  constructor(private readonly attempts: AttemptRegistry) {}

  async beforeApplicationShutdown(): Promise<void> {
    await this.attempts.drained();
  }
}
