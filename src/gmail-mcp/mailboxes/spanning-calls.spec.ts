import { setTimeout as pause } from 'node:timers/promises';
import { expect, it } from '@jest/globals';
import type { AuditedToolRunner } from '../calls/audited-tool-runner.js';
import type { ToolRun } from '../calls/tool-run.js';
import type { McpCaller, PersonCaller } from '../guards/mcp-request.js';
import type { OpenedInstance } from '../tool-permission.js';
import { toolNamed } from './listed-tools.js';
import type { MailboxCallers } from './mailbox-callers.js';
import { SpanningCalls } from './spanning-calls.js';

const tool = toolNamed('search_messages')!;
const callers = {
  of: (_person: unknown, instance: OpenedInstance) => ({ instance }),
} as unknown as MailboxCallers;

type Run = (caller: McpCaller, input: Record<string, unknown>, signal: AbortSignal) => Promise<ToolRun>;

function calls(run: Run): SpanningCalls {
  const runner = {
    run: (_tool: unknown, input: object, caller: McpCaller, { signal }: { signal: AbortSignal }) =>
      run(caller, input as Record<string, unknown>, signal),
  };
  return new SpanningCalls(runner as unknown as AuditedToolRunner, callers, { mailboxDeadlineMs: 50 });
}

function person(...names: string[]): PersonCaller {
  const instances = names.map((name) => ({ id: name, name, email: `${name}@example.com` }));
  return { instances, resultForm: () => 'structure' } as unknown as PersonCaller;
}

function found(nextPageToken?: string): ToolRun {
  const output = { notice: '', messages: [], ...(nextPageToken !== undefined && { nextPageToken }) };
  return { status: 'ok', output, content: [], structure: {}, drafted: [], quota: null };
}

it('a mailbox that does not answer in time is told as such, and hides nothing of the others', async () => {
  let aborted = false;
  const { structuredContent = {}, isError } = await calls(async ({ instance }, _input, signal) => {
    if (instance.id !== 'slow') return found();
    signal.addEventListener('abort', () => (aborted = true));
    await pause(5_000, undefined, { signal }).catch(() => pause(5_000, undefined, { ref: false }));
    return found();
  }).answer(tool, {}, person('slow', 'quick'), new AbortController().signal);
  expect((structuredContent as { mailboxes: unknown }).mailboxes).toEqual([
    expect.objectContaining({ mailbox: 'slow@example.com', reason: 'mailbox_slow', requiresReauth: false }),
    { mailbox: 'quick@example.com', messages: [] },
  ]);
  expect([isError, aborted]).toEqual([undefined, true]);
});

it('each mailbox has its share of the answer, and no more than ten are asked at once', async () => {
  const names = Array.from({ length: 12 }, (_, n) => `m${n}`);
  const asked: [string, unknown][] = [];
  const search = calls(async ({ instance }, { maxChars }) => {
    asked.push([instance.id, maxChars]);
    return found();
  });
  const first = await search.answer(
    tool,
    { maxChars: '20000' },
    person(...names),
    new AbortController().signal,
  );
  expect(asked).toEqual(names.slice(0, 10).map((name) => [name, 2000]));
  const { nextPageToken: pageToken } = first.structuredContent as { nextPageToken: string };
  asked.length = 0;
  const second = await search.answer(tool, { pageToken }, person(...names), new AbortController().signal);
  expect(asked).toEqual(names.slice(10).map((name) => [name, 10_000]));
  expect(second.structuredContent).not.toHaveProperty('nextPageToken');
});

it('a client that hangs up is not answered', async () => {
  const client = new AbortController();
  const answer = calls(() => new Promise(() => undefined)).answer(tool, {}, person('a', 'b'), client.signal);
  client.abort(new Error('hung up'));
  await expect(answer).rejects.toThrow('hung up');
});
