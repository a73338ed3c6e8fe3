import { Injectable, Logger } from '@nestjs/common';
import type { ContentBlock } from '@modelcontextprotocol/server';
import { TokenBroker } from '../../credentials/index.js';
import { errorBody, ErrorLines, type EvergrantError, toEvergrantError } from '../../errors/index.js';
import type { AccessTokenSource, OpenMailbox } from '../../gmail/index.js';
import type { Instance, PersonScope } from '../../instances/index.js';
import type { ReadText } from '../../policy/index.js';
import { CallerLinks } from './caller-links.js';
import { CallerMailboxes } from './caller-mailboxes.js';
import { GrantedTokens } from '../sending/granted-tokens.js';
import { McpCallQueue } from './mcp-call-queue.js';
import { McpMetrics } from './mcp-metrics.js';
import { readableBlock, readableOutput } from './readable-output.js';
import type { CallEvents, ToolRun } from './tool-run.js';
import { namingTools, prefixedName } from '../naming/tool-names.js';
import type { CredentialOutcome, McpCaller } from '../guards/mcp-request.js';
import { allowedBySigningIn } from '../scope-refusal.js';
import type { TokenHolder } from '../token-holder.js';
import { lackingScopes } from '../person-scopes-of-tool.js';
import { refuseUnlessSwitchedOn } from '../tool-permission.js';
import type { GmailTool } from '../tools/index.js';
import { unavailableTools } from './tools-of-instance.js';

/**
 * Runs one tool for one caller. Whatever goes wrong becomes a refusal; nothing is thrown at the model, and nothing
 * reaches it that a person would not see (`readableOutput`).
 */
@Injectable()
export class ToolRunner {
  private readonly logger = new Logger(ToolRunner.name);
  private readonly lines = new ErrorLines(this.logger, 'Tool call failed');

  constructor(
    private readonly mailboxes: CallerMailboxes,
    private readonly broker: TokenBroker,
    private readonly links: CallerLinks,
    private readonly metrics: McpMetrics,
    private readonly queue: McpCallQueue,
  ) {}

  async run(
    tool: GmailTool,
    input: unknown,
    caller: McpCaller,
    { signal, progress = () => undefined }: CallEvents,
  ): Promise<ToolRun> {
    const { instance, tokenExpiresAt: mcpTokenExpiresAt } = caller;
    const credential = await caller.credential;
    const ended = this.metrics.callStarted(tool.name);
    const connectUrl = () => this.links.connectUrl(instance);
    const shown: ContentBlock[] = [];
    const drafted: ReadText[] = [];
    let quotaLeft: OpenMailbox['quotaLeft'] = () => null;
    try {
      if (caller.overLimit !== null) throw caller.overLimit;
      const open = this.mailboxes.open(this.tokensFor(tool, instance, credential), caller, signal);
      ({ quotaLeft } = open);
      const run = (): ReturnType<GmailTool['run']> =>
        tool.run(input, {
          ...open,
          ...{ instance, signal, progress, connectUrl, mcpTokenExpiresAt },
          attachmentLink: (part) => this.links.attachmentLink(caller, part),
          show: (block) => shown.push(readableBlock(block)),
          drafted: (text) => drafted.push(text),
          unavailableTools: () => unavailableTools(instance),
          toolName: (name) => prefixedName(instance, name),
        });
      const output = readableOutput(await this.queue.run(caller, run, signal));
      const { text, structure } = tool.answer(output, caller.resultForm());
      ended('ok');
      return {
        status: 'ok',
        output,
        content: [{ type: 'text', text }, ...shown],
        structure,
        drafted,
        quota: quotaLeft(),
      };
    } catch (thrown) {
      const error = toEvergrantError(thrown).about(instance.id);
      ended(signal.aborted ? 'cancelled' : error.code, error.reason);
      if (!signal.aborted) this.lines.write(error, { tool: tool.name });
      // The fields may repeat what strangers wrote.
      const body = errorBody(await this.withLink(error, tool, caller));
      return { status: 'refused', error: readableOutput(namingTools(instance, body)), quota: quotaLeft() };
    }
  }

  private tokensFor(
    tool: GmailTool,
    instance: Instance,
    credential: CredentialOutcome | undefined,
  ): AccessTokenSource {
    refuseUnlessSwitchedOn(tool, instance);
    if (tool.scopes.length === 0 || credential === undefined) return noTokens;
    if (credential.status === 'refused') throw credential.error;
    const tokens = new GrantedTokens(this.broker, credential.credentialId, instance.scopes, credential.grant);
    tokens.admit(tool.scopes);
    return tokens;
  }

  /** With what a person has to open, if that mends it. */
  private async withLink(
    error: EvergrantError,
    tool: GmailTool,
    { instance, holder }: McpCaller,
  ): Promise<EvergrantError> {
    const { id: instanceId, clientScopes } = instance;
    if (clientScopes !== undefined && error.reason === 'not_asked_for')
      return error.about(instanceId, { connectUrl: this.links.mailboxesUrl });
    if (error.reason === 'not_authorized' && clientScopes !== undefined)
      return this.withWidening(error, instance, { holder, lacking: lackingScopes(tool, clientScopes) });
    if (!error.requiresReauth) return error;
    const connectUrl = await this.linkOrNull(instanceId, () => this.links.connectUrl(instance));
    return connectUrl === null ? error : error.about(instanceId, { connectUrl });
  }

  private async withWidening(
    error: EvergrantError,
    instance: Instance,
    { holder, lacking }: { holder: TokenHolder; lacking: readonly PersonScope[] | null },
  ): Promise<EvergrantError> {
    if (lacking === null) return error;
    const connectUrl = await this.linkOrNull(instance.id, () =>
      this.links.wideningUrl(holder, lacking, instance),
    );
    if (connectUrl !== null) return error.about(instance.id, { connectUrl });
    return error.about(instance.id, { message: `${error.message}. ${allowedBySigningIn}` });
  }

  /** Better a verdict without a link than no verdict. */
  private async linkOrNull(instanceId: string, made: () => Promise<string | null>): Promise<string | null> {
    try {
      return await made();
    } catch (thrown) {
      const { code, reason } = toEvergrantError(thrown);
      this.logger.error({ msg: 'No link for a person could be made', errorCode: code, reason, instanceId });
      return null;
    }
  }
}

const noTokens: AccessTokenSource = {
  accessToken: async () => {
    throw new Error('A tool that declares no scopes gets no access token');
  },
};
