import { Injectable } from '@nestjs/common';
import { TokenBroker } from '../../credentials/index.js';
import { EvergrantError, toEvergrantError } from '../../errors/index.js';
import { CallerRateLimit } from '../../identity/index.js';
import type { Instance } from '../../instances/index.js';
import { calledTools } from './called-tools.js';
import { reachedLimit } from './reached-limit.js';
import { callerOf, type CredentialOutcome, type McpRequest } from './mcp-request.js';
import { toolCalled } from '../naming/tool-names.js';
import { resourceRead } from '../resources/mail-resources.js';
import { toolDecision } from '../tool-permission.js';
import type { GmailTool } from '../tools/index.js';

/**
 * Asks the broker for an access token, once per HTTP request and only if a called tool, or a resource that is read, needs Google and the instance
 * has it and asks for what it needs; what it does not is refused whatever Google says.
 * Never refuses for Google's sake: a 401 here would make MCP clients throw, and the agent would never read
 * why. The outcome travels with the caller, is waited for where the connection is kept alive, and becomes the tool's
 * result; so does a limit that the token has reached, if nothing but tools is called.
 */
@Injectable()
export class CredentialAuthGuard {
  constructor(
    private readonly broker: TokenBroker,
    private readonly rateLimit: CallerRateLimit,
  ) {}

  /** @throws EvergrantError `VALIDATION_FAILED` for a body of too many messages, `RATE_LIMITED` for more than are left */
  async ask(request: McpRequest): Promise<void> {
    const { names, uris, callsOnlyTools } = calledTools(request.body);
    const caller = callerOf(request);
    caller.overLimit ??= await this.limitOfOthers(request);
    if (caller.overLimit !== null) {
      if (callsOnlyTools) return;
      throw caller.overLimit;
    }
    const needsToken = (tool: GmailTool): boolean =>
      tool.scopes.length > 0 && toolDecision(tool, caller.instance, null) === 'allowed';
    const tools = [
      ...[...names].flatMap((name) => toolCalled(caller.instance, name) ?? []),
      ...[...uris].flatMap((uri) => resourceRead(uri)?.tool ?? []),
    ];
    if (tools.some(needsToken)) caller.credential = this.outcomeFor(caller.instance);
  }

  /** The request was counted as one before its body was read; each further message in it counts like a request. */
  private async limitOfOthers(request: McpRequest): Promise<EvergrantError | null> {
    const messages = Array.isArray(request.body) ? request.body.length : 1;
    const { tokenId } = callerOf(request);
    for (let counted = 1; counted < messages; counted += 1) {
      const limit = await reachedLimit(this.rateLimit, tokenId);
      if (limit !== null) return limit;
    }
    return null;
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
