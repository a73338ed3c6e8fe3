import { Injectable } from '@nestjs/common';
import { Counter, Histogram } from 'prom-client';
import { errorTable, type ErrorCode } from '../../errors/index.js';
import { ScopeRefusals } from '../../instances/index.js';
import { labelCombinations, MetricsRegistry } from '../../metrics/index.js';
import type { QueueRefusal } from '../../resilience/index.js';
import { gmailTools } from '../tools/index.js';

const queueRefusals = ['full', 'waitedTooLong'] as const satisfies QueueRefusal[];

/** How a tool call ended; `cancelled` when the client hung up before it failed. */
export type ToolOutcome = 'ok' | 'cancelled' | ErrorCode;

/** What agents do with the tools, and how it ends. */
@Injectable()
export class McpMetrics {
  private readonly calls: Counter<'tool' | 'outcome'>;
  private readonly refusals: Counter<'cause'>;
  private readonly durations: Histogram<'tool'>;

  constructor(
    registry: MetricsRegistry,
    private readonly scopeRefusals: ScopeRefusals,
  ) {
    this.calls = new Counter({
      name: 'evergrant_mcp_tool_calls_total',
      help: 'Tool calls by tool and outcome: ok, cancelled, or an errorCode',
      labelNames: ['tool', 'outcome'],
      registers: [registry],
    });
    this.refusals = new Counter({
      name: 'evergrant_mcp_queue_refusals_total',
      help: 'Tool calls not begun, since too many of their token were under way: full, or waitedTooLong',
      labelNames: ['cause'],
      registers: [registry],
    });
    this.durations = new Histogram({
      name: 'evergrant_mcp_tool_call_duration_seconds',
      help: 'Duration of tool calls, from the checked credential to the result',
      labelNames: ['tool'],
      buckets: [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30],
      registers: [registry],
    });
    this.startAtZero();
  }

  /** Counts a call from now on; the function returned is told how it ended, and the `reason` of an error. */
  callStarted(tool: string): (outcome: ToolOutcome, reason?: string) => void {
    const observe = this.durations.startTimer({ tool });
    return (outcome, reason) => {
      observe();
      this.scopeRefusals.count(reason);
      this.calls.inc({ tool, outcome });
    };
  }

  /** Counts a call that was not begun, since too many of its token were. */
  callRefused(cause: QueueRefusal): void {
    this.refusals.inc({ cause });
  }

  private startAtZero(): void {
    const tool = [...gmailTools.map(({ name }) => name), 'list_mailboxes'];
    const outcome = ['ok', 'cancelled', ...Object.keys(errorTable)];
    for (const series of labelCombinations({ tool, outcome })) this.calls.inc(series, 0);
    for (const name of tool) this.durations.zero({ tool: name });
    for (const cause of queueRefusals) this.refusals.inc({ cause }, 0);
  }
}
