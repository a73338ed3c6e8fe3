import { Injectable } from '@nestjs/common';
import type { CallToolResult } from '@modelcontextprotocol/server';
import pMap from 'p-map';
import { errorTable, EvergrantError, toolErrorSentence } from '../../errors/index.js';
import { withDeadline } from '../../resilience/index.js';
import { AuditedToolRunner } from '../calls/audited-tool-runner.js';
import { callToolResult, type CallEvents, type ToolRun } from '../calls/tool-run.js';
import type { PersonCaller } from '../guards/mcp-request.js';
import { mailboxName } from '../naming/mailbox-name.js';
import type { OpenedInstance } from '../tool-permission.js';
import { type AnswerPart, defaultPageChars, type GmailTool } from '../tools/index.js';
import { MailboxCallers } from './mailbox-callers.js';
import { MailboxesOptions } from './mailboxes-options.js';
import { refusedRun } from './mailbox-refusals.js';
import { nextSpanning, readSpanning, type SpannedEnd, writeSpanning } from './spanning-cursor.js';

/** So many mailboxes are asked for one answer; the others are for the next pages. */
const mailboxesAtOnce = 10;
const leastChars = 1000;

type Input = Readonly<Record<string, unknown>>;

/** A mailbox that is asked, and where it begins. */
interface Asked {
  instance: OpenedInstance;
  from: string | null;
}

type Answered = Asked & { run: ToolRun };

/** Runs a tool in several mailboxes at once. What fails, or takes long, in one of them hides nothing of the others. */
@Injectable()
export class SpanningCalls {
  constructor(
    private readonly runner: AuditedToolRunner,
    private readonly callers: MailboxCallers,
    private readonly options: MailboxesOptions,
  ) {}

  async answer(
    tool: GmailTool,
    input: Input,
    person: PersonCaller,
    signal: AbortSignal,
  ): Promise<CallToolResult> {
    const all = askedMailboxes(input, person.instances);
    if (all === null) return callToolResult(refusedRun(foreignToken()));
    const isPaged = takes(tool, 'pageToken');
    const asked = isPaged ? all.slice(0, mailboxesAtOnce) : all;
    const answered = await pMap(
      asked,
      async (each) => {
        const run = await this.runIn(each, tool, inputOf(tool, input, each, asked.length), person, signal);
        return { ...each, run };
      },
      { concurrency: mailboxesAtOnce },
    );
    const waiting = all.slice(asked.length).map(({ instance }) => instance.id);
    const next = isPaged ? nextSpanning(answered.map(endOf), waiting) : null;
    const { text, structure } = tool.answers(
      answered.map(partOf),
      person.resultForm(),
      endOfAll(next === null ? undefined : writeSpanning(next), isPaged),
    );
    const isError = answered.length > 0 && answered.every(({ run }) => run.status === 'refused');
    return {
      content: [{ type: 'text', text }],
      structuredContent: structure,
      ...(isError ? { isError } : {}),
    };
  }

  private async runIn(
    { instance }: Asked,
    tool: GmailTool,
    input: Input,
    person: PersonCaller,
    signal: AbortSignal,
  ): Promise<ToolRun> {
    const run = (deadline: AbortSignal, events: CallEvents): Promise<ToolRun> =>
      Promise.race([
        this.runner.run(tool, input, this.callers.of(person, instance, tool), events),
        slow(deadline, signal, instance),
      ]);
    return withDeadline(this.options.mailboxDeadlineMs, signal, (deadline) =>
      run(deadline, { signal: deadline }),
    );
  }
}

/** All, or those with which a page token goes on; null for a token of another list. */
function askedMailboxes({ pageToken }: Input, instances: readonly OpenedInstance[]): Asked[] | null {
  if (pageToken === undefined || pageToken === null || pageToken === '')
    return instances.map((instance) => ({ instance, from: null }));
  const position = typeof pageToken === 'string' ? readSpanning(pageToken) : null;
  if (position === null) return null;
  return instances.flatMap((instance) => {
    const from = position.get(instance.id);
    return from === undefined ? [] : [{ instance, from }];
  });
}

/** Each mailbox has its share of the answer. */
function inputOf(
  tool: GmailTool,
  { pageToken: _ofAll, ...input }: Input,
  { from }: Asked,
  mailboxes: number,
): Input {
  const begun = from === null ? input : { ...input, pageToken: from };
  if (!takes(tool, 'maxChars')) return begun;
  const maxChars = Number(input.maxChars ?? defaultPageChars);
  // What is no number the tool refuses by itself.
  return Number.isFinite(maxChars)
    ? { ...begun, maxChars: Math.max(leastChars, Math.floor(maxChars / Math.max(1, mailboxes))) }
    : begun;
}

function takes({ listing }: GmailTool, argument: string): boolean {
  return Object.hasOwn(listing.inputSchema.properties ?? {}, argument);
}

function endOf({ instance: { id }, from, run }: Answered): SpannedEnd {
  if (run.status === 'refused') {
    const mayPass = errorTable[run.error.errorCode].retry !== 'never';
    return { id, from, end: { status: 'failed', mayPass } };
  }
  const { nextPageToken } = run.output;
  const next = typeof nextPageToken === 'string' ? nextPageToken : undefined;
  return { id, from, end: { status: 'found', nextPageToken: next } };
}

function partOf({ instance, run }: Answered): AnswerPart<Record<string, unknown>> {
  const place = mailboxName(instance);
  if (run.status === 'ok') return { place, output: run.output };
  const { error } = run;
  return { place, refused: { line: `${toolErrorSentence(error)} ${JSON.stringify(error)}`, fields: error } };
}

function endOfAll(nextPageToken: string | undefined, isPaged: boolean): { line: string; fields: object } {
  if (nextPageToken !== undefined)
    return {
      line: `more of these mailboxes with pageToken ${nextPageToken} and no mailbox`,
      fields: { nextPageToken },
    };
  return { line: isPaged ? 'no more in these mailboxes' : 'these are all mailboxes', fields: {} };
}

/** Resolves at the deadline, and never before; rejects when the client hangs up. */
function slow(deadline: AbortSignal, client: AbortSignal, { id }: OpenedInstance): Promise<ToolRun> {
  return new Promise((resolve, reject) => {
    const onAbort = (): void => {
      if (client.aborted) reject(client.reason as Error);
      else resolve(refusedRun(tooSlow().about(id)));
    };
    if (deadline.aborted) onAbort();
    else deadline.addEventListener('abort', onAbort, { once: true });
  });
}

function tooSlow(): EvergrantError {
  return new EvergrantError('SERVICE_UNAVAILABLE', {
    reason: 'mailbox_slow',
    retryAfterSeconds: 10,
    message: 'This mailbox did not answer in time',
  });
}

function foreignToken(): EvergrantError {
  return new EvergrantError('VALIDATION_FAILED', {
    field: 'pageToken',
    message:
      'The argument "pageToken" is not of a search of all mailboxes: for one that a single mailbox told, name that mailbox as well',
  });
}
