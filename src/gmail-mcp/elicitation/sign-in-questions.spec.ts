import { beforeAll, expect, it } from '@jest/globals';
import { Logger } from '@nestjs/common';
import type { ToolRun } from '../calls/tool-run.js';
import type { McpCaller } from '../guards/mcp-request.js';
import type { RequestStates } from './request-states.js';
import { SignInQuestions } from './sign-in-questions.js';

beforeAll(() => {
  Logger.overrideLogger(false);
});

const caller = { instance: { name: 'Sales', email: 'ada@x.example' } } as McpCaller;
const connectUrl = 'https://evergrant.example/connect/ticket';
const refused: ToolRun = {
  status: 'refused',
  error: {
    error: 'E',
    instanceId: null,
    errorCode: 'INVALID_REFRESH_TOKEN',
    requiresReauth: true,
    connectUrl,
  },
  quota: null,
};
const call = { method: 'tools/call', takesUrls: true, isRetry: false };

it('asks the person behind a client to open the connect page', async () => {
  const questions = new SignInQuestions({ issue: async () => 'state' } as unknown as RequestStates);
  expect(await questions.about(refused, caller, call)).toMatchObject({
    requestState: 'state',
    inputRequests: { connect: { params: { url: connectUrl } } },
  });
});

it('asks the person behind a client to decide on what is held', async () => {
  const approvalUrl = 'https://evergrant.example/approvals/id';
  const held = { status: 'ok', output: { status: 'held', approvalUrl } } as unknown as ToolRun;
  const questions = new SignInQuestions({ issue: async () => 'state' } as unknown as RequestStates);
  expect(await questions.about(held, caller, call)).toMatchObject({
    requestState: 'state',
    inputRequests: {
      approve: { params: { url: approvalUrl, message: expect.stringContaining('ada@x.example') } },
    },
  });
});

it('leaves the refusal, which has the link too, as the answer where no state is to be had', async () => {
  const issue = async () => Promise.reject(new Error('connection refused'));
  const questions = new SignInQuestions({ issue } as unknown as RequestStates);
  expect(await questions.about(refused, caller, call)).toBeNull();
});
