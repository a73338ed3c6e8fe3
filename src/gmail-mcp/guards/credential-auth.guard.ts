import { Injectable } from '@nestjs/common';
import type { EvergrantError } from '../../errors/index.js';
import { CallerRateLimit } from '../../identity/index.js';
import { calledTools } from './called-tools.js';
import { CredentialOutcomes } from './credential-outcomes.js';
import { reachedLimit } from './reached-limit.js';
import { callerOf, isPersonCaller, type McpRequest } from './mcp-request.js';
import { toolCalled } from '../naming/tool-names.js';
import { resourceRead } from '../resources/mail-resources.js';

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
    private readonly outcomes: CredentialOutcomes,
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
    // Of which mailbox a call is, is found out with its arguments.
    if (isPersonCaller(caller)) return;
    const tools = [
      ...[...names].flatMap((name) => toolCalled(caller.instance, name) ?? []),
      ...[...uris].flatMap((uri) => resourceRead(uri)?.tool ?? []),
    ];
    if (tools.some((tool) => this.outcomes.isNeeded(tool, caller.instance)))
      caller.credential = this.outcomes.of(caller.instance);
  }

  /** The request was counted as one before its body was read; each further message in it counts like a request. */
  private async limitOfOthers(request: McpRequest): Promise<EvergrantError | null> {
    const messages = Array.isArray(request.body) ? request.body.length : 1;
    const { holder } = callerOf(request);
    for (let counted = 1; counted < messages; counted += 1) {
      const limit = await reachedLimit(this.rateLimit, holder);
      if (limit !== null) return limit;
    }
    return null;
  }
}
