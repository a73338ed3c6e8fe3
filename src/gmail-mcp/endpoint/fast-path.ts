import { Injectable } from '@nestjs/common';
import { SERVER_INFO_META_KEY } from '@modelcontextprotocol/server';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { McpCaller, McpRequest } from '../guards/mcp-request.js';
import { SignInQuestions } from '../elicitation/sign-in-questions.js';
import { leavesOpen } from '../elicitation/url-to-ask.js';
import { McpOptions } from '../mcp-options.js';
import { sendKeptAlive } from './kept-alive.js';
import { plainToolCall, type PlainToolCall } from './plain-tool-call.js';
import { serverInfo } from '../serving/server-info.js';
import { metaFields, resultFields } from '../calls/tool-run.js';
import { AuditedToolRunner } from '../calls/audited-tool-runner.js';

/**
 * The fast path of the endpoint: a hook of Fastify's behind the guards that answers plain tool calls, which nearly all
 * are, as the SDK would, byte by byte. The SDK makes a web request, a server, a transport and a response for each, and
 * writes what the tool has found twice; that costs several times what the call itself does. Here the tool runs at
 * once, and its output is written once. Guards, tools, checks, counts and log lines are the same; whatever is not
 * plain beyond doubt (`plainToolCall`) goes on to `McpController` and the SDK.
 */
@Injectable()
export class McpFastPath {
  constructor(
    private readonly runner: AuditedToolRunner,
    private readonly options: McpOptions,
    private readonly questions: SignInQuestions,
  ) {}

  readonly preHandler = (
    request: FastifyRequest,
    reply: FastifyReply,
    done: (error?: Error) => void,
  ): void => {
    const call = plainToolCall(request as McpRequest);
    if (call === null) done();
    else this.answer(call, reply).catch(done);
  };

  private async answer(call: PlainToolCall, reply: FastifyReply): Promise<void> {
    const quick = call.era === 'modern' ? 'json' : call.form;
    await sendKeptAlive(reply, this.responseTo(call, reply), { quick, slow: call.form });
  }

  private async responseTo(
    { id, caller, tool, input, era, takesUrls }: PlainToolCall,
    { raw }: FastifyReply,
  ): Promise<string> {
    const client = new AbortController();
    raw.once('close', () => {
      if (!raw.writableEnded) client.abort();
    });
    const run = await this.runner.run(tool, input, caller, { signal: client.signal });
    const call = { method: 'tools/call', takesUrls, isRetry: false };
    const question = leavesOpen(run) ? await this.questions.about(run, caller, call) : null;
    const result = question === null ? resultFields(run) : JSON.stringify(question).slice(1, -1);
    const isComplete = era === 'modern' && question === null;
    const info = era === 'modern' ? this.serverInfoOf(caller) : '';
    const end = isComplete ? ',"resultType":"complete"' : '';
    const fields = withMeta(result + end, question === null ? metaFields(run) : '', info);
    return `{"result":{${fields}},"jsonrpc":"2.0","id":${JSON.stringify(id)}}`;
  }

  /** What the SDK adds to the `_meta` of results of revision 2026-07-28. */
  private serverInfoOf({ instance }: McpCaller): string {
    return `${JSON.stringify(SERVER_INFO_META_KEY)}:${JSON.stringify(serverInfo(this.options, instance))}`;
  }
}

/** In the SDK's order: a `_meta` of ours stands before the result, one of its own alone behind it. */
function withMeta(result: string, ours: string, serverInfo: string): string {
  if (ours === '') return serverInfo === '' ? result : `${result},"_meta":{${serverInfo}}`;
  return `"_meta":{${ours}${serverInfo === '' ? '' : `,${serverInfo}`}},${result}`;
}
