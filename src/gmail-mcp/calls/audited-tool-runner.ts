import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../../audit/index.js';
import { ToolRunner } from './tool-runner.js';
import type { ToolRun } from './tool-run.js';
import type { McpCaller } from '../guards/mcp-request.js';
import type { GmailTool } from '../tools/index.js';

/** Runs tools, and records what those that write have done or failed to do. */
@Injectable()
export class AuditedToolRunner {
  constructor(
    private readonly runner: ToolRunner,
    private readonly trail: AuditTrail,
  ) {}

  async run(tool: GmailTool, input: unknown, caller: McpCaller, signal: AbortSignal): Promise<ToolRun> {
    const run = await this.runner.run(tool, input, caller, signal);
    // What was not begun is no act; how many there are has no bound.
    if (tool.writes && caller.overLimit === null) this.record(tool, caller, run);
    return run;
  }

  private record(tool: GmailTool, { instance, tokenId, source }: McpCaller, run: ToolRun): void {
    const act = {
      actor: { kind: 'mcp-token', id: tokenId, tenantId: instance.tenantId },
      subject: { kind: 'instance', id: instance.id },
      source: source(),
    } as const;
    const outcome = run.status === 'ok' ? 'ok' : run.errorCode;
    this.trail.record({ event: 'tool.called', ...act, tool: tool.name, outcome });
    if (run.status !== 'ok') return;
    const recipients = tool.recipients(run.output);
    if (recipients !== null)
      this.trail.record({ event: 'mail.sent', ...act, recipients, messageId: String(run.output.id) });
  }
}
