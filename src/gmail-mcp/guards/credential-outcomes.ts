import { Injectable } from '@nestjs/common';
import { TokenBroker } from '../../credentials/index.js';
import { EvergrantError, toEvergrantError } from '../../errors/index.js';
import { type OpenedInstance, toolDecision } from '../tool-permission.js';
import type { GmailTool } from '../tools/index.js';
import type { CredentialOutcome } from './mcp-request.js';

/** Asks the broker for access tokens of instances. */
@Injectable()
export class CredentialOutcomes {
  constructor(private readonly broker: TokenBroker) {}

  /** Whether a tool needs one, and has a chance with it. */
  isNeeded(tool: GmailTool, instance: OpenedInstance): boolean {
    return tool.scopes.length > 0 && toolDecision(tool, instance, null) === 'allowed';
  }

  /** Never rejects. */
  async of({ id, credentialId }: OpenedInstance): Promise<CredentialOutcome> {
    try {
      if (credentialId === null) throw new EvergrantError('OAUTH_FLOW_REQUIRED');
      return { status: 'ready', credentialId, grant: await this.broker.accessToken(credentialId) };
    } catch (thrown) {
      return { status: 'refused', error: toEvergrantError(thrown).about(id) };
    }
  }
}
