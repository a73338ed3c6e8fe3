import { expect, it } from '@jest/globals';
import type { ToolRun } from '../calls/tool-run.js';
import { type AskableCall, takesUrls, urlToAsk, type UrlQuestion } from './url-to-ask.js';

const link = 'https://evergrant.example/connect/ticket';
const approval = 'https://evergrant.example/approvals/id';
const done = { status: 'ok', output: { status: 'sent' } } as unknown as ToolRun;
const held = { status: 'ok', output: { status: 'held', approvalUrl: approval } } as unknown as ToolRun;
const first: AskableCall = { takesUrls: true, isRetry: false };

it.each<[string, ToolRun, AskableCall, UrlQuestion | null]>([
  ['a refusal that a link mends', refused(link), first, { to: 'connect', url: link }],
  ['what is held for a person', held, first, { to: 'approve', url: approval }],
  ['what is held, when the call comes again', held, { ...first, isRetry: true }, null],
  ['what is held, at a client that opens no URLs', held, { ...first, takesUrls: false }, null],
  ['one that no link mends', refused(), first, null],
  ['success', done, first, null],
  ['a client that opens no URLs', refused(link), { ...first, takesUrls: false }, null],
  ['a call that comes again', refused(link), { ...first, isRetry: true }, null],
])('for %s', (_what, run, call, question) => {
  expect(urlToAsk(run, call)).toEqual(question);
});

it.each([
  [{ elicitation: { url: {} } }, true],
  [{ elicitation: { form: {}, url: {} } }, true],
  [{ elicitation: { form: {} } }, false],
  [{ elicitation: {} }, false],
  [{ elicitation: { url: null } }, false],
  [{ elicitation: { url: false } }, false],
  [{ elicitation: null }, false],
  [{ sampling: {} }, false],
  [{}, false],
  [undefined, false],
  [null, false],
  ['elicitation', false],
])('capabilities %j take URLs: %s', (capabilities, expected) => {
  expect(takesUrls(capabilities)).toBe(expected);
});

function refused(connectUrl?: string): ToolRun {
  const fields = { error: 'E', instanceId: null, requiresReauth: true } as const;
  return {
    status: 'refused',
    quota: null,
    error: { ...fields, errorCode: 'INVALID_REFRESH_TOKEN', ...(connectUrl !== undefined && { connectUrl }) },
  };
}
