import { Injectable } from '@nestjs/common';
import {
  type CallToolRequest,
  type CallToolResult,
  type InputRequiredResult,
  ProtocolError,
  ProtocolErrorCode,
  type ServerContext,
} from '@modelcontextprotocol/server';
import { AuditedToolRunner } from '../calls/audited-tool-runner.js';
import { callToolResult, type ToolRun } from '../calls/tool-run.js';
import { SignInQuestions } from '../elicitation/sign-in-questions.js';
import type { PersonCaller } from '../guards/mcp-request.js';
import { AskedCalls } from '../serving/asked-calls.js';
import type { GmailTool } from '../tools/index.js';
import { listMailboxes } from './list-mailboxes.js';
import { mailboxArgument, spansMailboxes, toolNamed } from './listed-tools.js';
import { MailboxCallers } from './mailbox-callers.js';
import { chosenMailbox } from './mailbox-choice.js';
import { MailboxList } from './mailbox-list.js';
import { mailboxRefusal, refusedRun } from './mailbox-refusals.js';
import { SpanningCalls } from './spanning-calls.js';

type Request = ServerContext['mcpReq'];

/** A tool that is to be run, in the mailbox that is named. */
export interface NamedCall {
  tool: GmailTool;
  input: Readonly<Record<string, unknown>>;
  mailbox: string | undefined;
}

/** Calls of tools by people's clients: each finds its mailbox, and is then a call like any other of that instance. */
@Injectable()
export class PersonCalls {
  private readonly calls: AskedCalls;

  constructor(
    runner: AuditedToolRunner,
    questions: SignInQuestions,
    private readonly callers: MailboxCallers,
    private readonly spanning: SpanningCalls,
    private readonly list: MailboxList,
  ) {
    this.calls = new AskedCalls(runner, questions);
  }

  /** @throws ProtocolError when there is no such tool, and for a `requestState` that is not the caller's */
  async callTool(
    { name, arguments: given = {} }: CallToolRequest['params'],
    person: PersonCaller,
    request: Request,
  ): Promise<CallToolResult | InputRequiredResult> {
    if (name === listMailboxes.name) return this.list.answer(person);
    const tool = toolNamed(name);
    if (tool === undefined) throw new ProtocolError(ProtocolErrorCode.InvalidParams, 'There is no such tool');
    const { [mailboxArgument]: mailbox, ...input } = given;
    const choice = chosenMailbox(person.instances, asText(mailbox), spansMailboxes(tool));
    if (choice.status === 'all') return this.spanning.answer(tool, input, person, request.signal);
    return this.answer({ tool, input, mailbox: asText(mailbox) }, person, request, callToolResult);
  }

  /** In one mailbox. @throws ProtocolError for a `requestState` that is not the caller's; whatever `told` throws */
  async answer<Result>(
    { tool, input, mailbox }: NamedCall,
    person: PersonCaller,
    request: Request,
    told: (run: ToolRun) => Result,
  ): Promise<Result | InputRequiredResult> {
    const choice = chosenMailbox(person.instances, mailbox, false);
    if (choice.status === 'one') {
      const caller = this.callers.of(person, choice.mailbox, tool);
      return this.calls.answer({ tool, input }, caller, request, told);
    }
    const why = choice.status === 'all' ? 'missing' : choice.why;
    return told(refusedRun(person.overLimit ?? mailboxRefusal(why, person.instances)));
  }
}

/** What is no text names no mailbox. */
function asText(value: unknown): string | undefined {
  if (value === undefined || value === null) return undefined;
  return typeof value === 'string' ? value : JSON.stringify(value);
}
