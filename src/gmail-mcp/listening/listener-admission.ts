import { Injectable } from '@nestjs/common';
import { McpTokens } from '../../identity/index.js';
import { KnownInstances, narrowedScopes } from '../../instances/index.js';
import type { Listener } from './listen-request.js';
import { listenedUris } from './listened-uris.js';

/** Finds out whether who listens may still be told what it was let in for. */
@Injectable()
export class ListenerAdmission {
  constructor(
    private readonly tokens: McpTokens,
    private readonly instances: KnownInstances,
  ) {}

  /** False also where that cannot be found out: it may ask anew. */
  async admits({ tenantId, instanceId, tokenId }: Listener, uris: readonly string[]): Promise<boolean> {
    try {
      const token = await this.tokens.findLive(tenantId, tokenId);
      if (token?.instanceId !== instanceId) return false;
      const instance = await this.instances.findById(tenantId, instanceId);
      if (instance === null) return false;
      const scopes = narrowedScopes(instance.scopes, token.scopes);
      return listenedUris(uris, { ...instance, scopes }).length === uris.length;
    } catch {
      return false;
    }
  }
}
