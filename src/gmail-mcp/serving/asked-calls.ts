import {
  CLIENT_CAPABILITIES_META_KEY,
  type InputRequiredResult,
  PROTOCOL_VERSION_META_KEY,
  ProtocolError,
  ProtocolErrorCode,
  type ServerContext,
} from '@modelcontextprotocol/server';
import type { AuditedToolRunner } from '../calls/audited-tool-runner.js';
import type { ToolRun } from '../calls/tool-run.js';
import type { SignInQuestions } from '../elicitation/sign-in-questions.js';
import { type AskableCall, takesUrls } from '../elicitation/url-to-ask.js';
import type { McpCaller } from '../guards/mcp-request.js';
import { progressOf } from './call-progress.js';
import type { GmailTool } from '../tools/index.js';

type Request = ServerContext['mcpReq'];

/** Calls of tools that reach a server of the SDK's, of which the client may be asked something before they are answered. */
export class AskedCalls {
  constructor(
    private readonly runner: AuditedToolRunner,
    private readonly questions: SignInQuestions,
  ) {}

  /** @throws ProtocolError for a `requestState` that is not the caller's; whatever `told` throws */
  async answer<Result>(
    { tool, input }: { tool: GmailTool; input: unknown },
    caller: McpCaller,
    request: Request,
    told: (run: ToolRun) => Result,
  ): Promise<Result | InputRequiredResult> {
    await this.verifyState(caller, request);
    const run = await this.runner.run(tool, input, caller, {
      signal: request.signal,
      progress: progressOf(request),
    });
    const question = await this.questions.about(run, caller, {
      ...askable(request),
      method: request.method,
    });
    return question ?? told(run);
  }

  private async verifyState(caller: McpCaller, request: Request): Promise<void> {
    const state = request.requestState();
    if (state === undefined) return;
    try {
      if (typeof state !== 'string') throw new TypeError('not a text');
      await this.questions.verifyState(state, caller, request.method);
    } catch {
      throw new ProtocolError(ProtocolErrorCode.InvalidParams, 'Invalid or expired requestState');
    }
  }
}

/**
 * In the older revisions nothing is asked: what a client can do it says when a session begins, and there are none, so
 * that the error -32042 would reach clients that do not know it. They send no envelope.
 */
function askable({ envelope, requestState, inputResponses }: Request): AskableCall {
  const fields: Record<string, unknown> = { ...envelope };
  return {
    takesUrls:
      fields[PROTOCOL_VERSION_META_KEY] !== undefined && takesUrls(fields[CLIENT_CAPABILITIES_META_KEY]),
    isRetry: requestState() !== undefined || inputResponses !== undefined,
  };
}
