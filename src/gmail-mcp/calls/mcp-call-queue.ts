import { Injectable } from '@nestjs/common';
import { EvergrantError } from '../../errors/index.js';
import { FairQueue, QueueRefused } from '../../resilience/index.js';
import type { McpCaller } from '../guards/mcp-request.js';
import { McpOptions } from '../mcp-options.js';
import { holderKey } from '../token-holder.js';
import { McpMetrics } from './mcp-metrics.js';

/** For each call under way so many may wait. */
const waitingPerRunning = 2;
const longestWaitMs = 10_000;
const retryAfterSeconds = 5;

/** Bounds the tool calls of one MCP token that are under way at once; others of its calls wait, and then are refused. */
@Injectable()
export class McpCallQueue {
  private readonly queue: FairQueue;

  constructor(
    { callsAtOnce }: McpOptions,
    private readonly metrics: McpMetrics,
  ) {
    this.queue = new FairQueue({
      // Tokens do not take from each other here; what they share, the connections to Gmail, has a queue of its own.
      total: Number.POSITIVE_INFINITY,
      perOwner: Number.POSITIVE_INFINITY,
      perLane: callsAtOnce,
      waitingPerLane: callsAtOnce * waitingPerRunning,
      longestWaitMs,
    });
  }

  /** @throws EvergrantError `RATE_LIMITED` when the call was not begun; whatever the call throws */
  async run<Result>(
    { instance, holder }: McpCaller,
    call: () => Promise<Result>,
    signal: AbortSignal,
  ): Promise<Result> {
    try {
      return await this.queue.run({ owner: instance.tenantId, lane: holderKey(holder) }, call, signal);
    } catch (failure) {
      if (!(failure instanceof QueueRefused)) throw failure;
      this.metrics.callRefused(failure.refusal);
      throw new EvergrantError('RATE_LIMITED', {
        reason: 'calls_at_once',
        retryAfterSeconds,
        cause: failure,
      });
    }
  }
}
