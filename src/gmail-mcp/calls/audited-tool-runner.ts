import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../../audit/index.js';
import { ReadMemory, type ReadText } from '../../policy/index.js';
import { ToolRunner } from './tool-runner.js';
import type { CallEvents, ToolRun } from './tool-run.js';
import { maySend } from './tools-of-instance.js';
import type { McpCaller } from '../guards/mcp-request.js';
import { actorOfHolder } from '../token-holder.js';
import type { GmailTool } from '../tools/index.js';

/** Runs tools, records what those that write have done or failed to do, and has what the others read remembered. */
@Injectable()
export class AuditedToolRunner {
  constructor(
    private readonly runner: ToolRunner,
    private readonly trail: AuditTrail,
    private readonly memory: ReadMemory,
  ) {}

  async run(tool: GmailTool, input: unknown, caller: McpCaller, events: CallEvents): Promise<ToolRun> {
    const run = await this.runner.run(tool, input, caller, events);
    // What was not begun is no act; how many there are has no bound.
    if (tool.writes && caller.overLimit === null) await this.record(tool, caller, run);
    if (run.status === 'ok') this.remember(caller, run.drafted, () => tool.mailTexts(run.output));
    return run;
  }

  /** For each mailbox by which the caller could send what it has read; what it has written, for the draft's own. */
  private remember(
    { instance, siblings = [] }: McpCaller,
    drafted: readonly ReadText[],
    texts: () => readonly ReadText[],
  ): void {
    const senders = [instance, ...siblings].filter(maySend);
    for (const { id, tenantId } of senders) {
      if (id === instance.id) this.memory.rememberWritten({ id, tenantId }, drafted);
      this.memory.remember({ id, tenantId }, texts());
    }
  }

  private async record(
    tool: GmailTool,
    { instance, holder, client, source }: McpCaller,
    run: ToolRun,
  ): Promise<void> {
    const act = {
      actor: actorOfHolder(holder, instance.tenantId),
      subject: { kind: 'instance', id: instance.id },
      source: source(),
      ...(client === undefined ? {} : { clientId: client.id }),
    } as const;
    const outcome = run.status === 'ok' ? 'ok' : run.error.errorCode;
    const called = { event: 'tool.called', ...act, tool: tool.name, outcome } as const;
    const recipients = run.status === 'ok' ? tool.recipients(run.output) : null;
    if (run.status !== 'ok' || recipients === null) return this.trail.keep(called);
    const messageId = String(run.output.id);
    await this.trail.keep(called, { event: 'mail.sent', ...act, recipients, messageId });
  }
}
