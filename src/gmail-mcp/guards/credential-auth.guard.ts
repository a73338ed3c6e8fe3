import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { TokenBroker } from '../../credentials/index.js';
import { EvergrantError, toEvergrantError } from '../../errors/index.js';
import type { Instance } from '../../instances/index.js';
import { calledTools } from './called-tools.js';
import { authenticatedInstance, type CredentialOutcome, type McpRequest } from './mcp-request.js';
import { gmailTools } from '../tools/index.js';

/**
 * Asks the broker for an access token, once per HTTP request and only if a called tool needs Google.
 * Never refuses for Google's sake: a 401 here would make MCP clients throw, and the agent would never read
 * why. The outcome travels on the request and becomes the tool's result.
 */
@Injectable()
export class CredentialAuthGuard implements CanActivate {
  constructor(private readonly broker: TokenBroker) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<McpRequest>();
    const called = calledTools(request.body);
    if (gmailTools.some((tool) => tool.scopes.length > 0 && called.has(tool.name))) {
      request.credential = await this.outcomeFor(authenticatedInstance(request));
    }
    return true;
  }

  private async outcomeFor({ id, credentialId }: Instance): Promise<CredentialOutcome> {
    try {
      if (credentialId === null) throw new EvergrantError('OAUTH_FLOW_REQUIRED');
      return { status: 'ready', credentialId, grant: await this.broker.accessToken(credentialId) };
    } catch (thrown) {
      return { status: 'refused', error: toEvergrantError(thrown).about(id) };
    }
  }
}
