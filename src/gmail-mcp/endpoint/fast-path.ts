import { Injectable } from '@nestjs/common';
import { SERVER_INFO_META_KEY } from '@modelcontextprotocol/server';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { callerOf, type McpRequest } from '../guards/mcp-request.js';
import { McpOptions } from '../mcp-options.js';
import { hijackReply } from './hijack-reply.js';
import { plainToolCall, type PlainToolCall } from './plain-tool-call.js';
import { serverInfo } from './server-info.js';
import { resultFields } from '../calls/tool-run.js';
import { AuditedToolRunner } from '../calls/audited-tool-runner.js';

/** As long as the SDK waits: proxies end silent connections after a minute. */
const keepAliveMs = 15_000;

const jsonHeaders = { 'content-type': 'application/json', 'cache-control': 'no-store, no-transform' };
const streamHeaders = {
  ...jsonHeaders,
  'content-type': 'text/event-stream',
  connection: 'keep-alive',
  'x-accel-buffering': 'no',
};

/**
 * The fast path of the endpoint: a hook of Fastify's behind the guards that answers plain tool calls, which nearly all
 * are, as the SDK would, byte by byte. The SDK makes a web request, a server, a transport and a response for each, and
 * writes what the tool has found twice; that costs several times what the call itself does. Here the tool runs at
 * once, and its output is written once. Guards, tools, checks, counts and log lines are the same; whatever is not
 * plain beyond doubt (`plainToolCall`) goes on to `McpController` and the SDK.
 */
@Injectable()
export class McpFastPath {
  /** What the SDK adds to results of revision 2026-07-28. */
  private readonly modernFields: string;

  constructor(
    private readonly runner: AuditedToolRunner,
    options: McpOptions,
  ) {
    const meta = { [SERVER_INFO_META_KEY]: serverInfo(options) };
    this.modernFields = `,"resultType":"complete","_meta":${JSON.stringify(meta)}`;
  }

  readonly preHandler = (
    request: FastifyRequest,
    reply: FastifyReply,
    done: (error?: Error) => void,
  ): void => {
    const call = plainToolCall(request as McpRequest);
    if (call === null) done();
    else this.answer(call, request as McpRequest, reply).catch(done);
  };

  private async answer(call: PlainToolCall, request: McpRequest, reply: FastifyReply): Promise<void> {
    const response = this.responseTo(call, request, reply);
    // As bytes, for to the type of a string Fastify adds a charset, which JSON has none of (RFC 8259, 11).
    if (call.era === 'modern' || call.form === 'json')
      void reply.headers(jsonHeaders).send(Buffer.from(await response));
    else await streamOnce(reply, response);
  }

  private async responseTo(
    { id, tool, input, era }: PlainToolCall,
    request: McpRequest,
    { raw }: FastifyReply,
  ): Promise<string> {
    const client = new AbortController();
    raw.once('close', () => {
      if (!raw.writableEnded) client.abort();
    });
    const run = await this.runner.run(tool, input, callerOf(request), client.signal);
    const fields = resultFields(run) + (era === 'modern' ? this.modernFields : '');
    return `{"result":{${fields}},"jsonrpc":"2.0","id":${JSON.stringify(id)}}`;
  }
}

/** Answers as a stream of one event, which shows life while it is waited for. */
async function streamOnce(reply: FastifyReply, response: Promise<string>): Promise<void> {
  const keepAlive = setInterval(() => {
    if (!reply.sent) hijackReply(reply).writeHead(200, streamHeaders);
    reply.raw.write(': keepalive\n\n');
  }, keepAliveMs);
  try {
    const event = `event: message\ndata: ${await response}\n\n`;
    if (reply.sent) reply.raw.end(event);
    else void reply.headers(streamHeaders).send(event);
  } finally {
    clearInterval(keepAlive);
  }
}
