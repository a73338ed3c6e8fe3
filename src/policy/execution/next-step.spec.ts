import { describe, expect, it } from '@jest/globals';
import type { ActOutcome, ActTrace } from '../acts/act-performer.js';
import { firstStep, stepAfterRequest, stepAfterTrace, type ActOnItsWay } from './next-step.js';

const intended: ActOnItsWay = {
  state: 'intended',
  verdict: 'allow',
  begunSecondsAgo: null,
  intendedSecondsAgo: 80,
  overdue: false,
};
const sent = { status: 'done', id: 'm', threadId: 't', labelIds: ['SENT'] } as const;
const refused: ActOutcome = {
  status: 'not_sent',
  errorCode: 'SERVICE_UNAVAILABLE',
  reason: 'rateLimitExceeded',
  ...{ field: null, message: '', retryAfterSeconds: 30, retryInSeconds: 30, requiresReauth: false },
};
function settled(state: string, retryInSeconds: number | null = null): object {
  return { do: 'settle', settlement: { state, retryInSeconds } };
}

describe('an act that a process takes', () => {
  it.each<[string, Partial<ActOnItsWay>, object]>([
    ['is carried out, if it never went out', {}, { do: 'perform' }],
    ['is carried out, if a person approved it', { verdict: 'ask' }, { do: 'perform' }],
    ['is looked for, if it may have gone out', { begunSecondsAgo: 80 }, { do: 'trace' }],
    ['is looked for, if that is unknown', { state: 'unknown', begunSecondsAgo: 80 }, { do: 'trace' }],
    ['is looked for even when it is overdue', { begunSecondsAgo: 80, overdue: true }, { do: 'trace' }],
    ['is let be, if it is overdue and never went out', { overdue: true }, settled('not_sent')],
  ])('%s', (_case, act, step) => {
    expect(firstStep({ ...intended, ...act })).toMatchObject(step);
  });
});

describe('an act that may have gone out', () => {
  const begun = { begunSecondsAgo: 80 };
  const unknown = { ...begun, state: 'unknown' } as const;
  const [absent, unclear]: ActTrace[] = [{ status: 'absent' }, { status: 'unclear' }];
  it.each<[string, ActTrace, Partial<ActOnItsWay>, object]>([
    ['is done when it is found', sent, begun, settled('done')],
    ['is done when it is found at last', sent, unknown, settled('done')],
    ['goes out when it is not there and no one was answered', absent!, begun, { do: 'perform' }],
    [
      'does not go out while the request before may still be under way',
      absent!,
      { begunSecondsAgo: 59 },
      settled('unknown', 60),
    ],
    ['was not sent, of which the caller was told that it is unknown', absent!, unknown, settled('not_sent')],
    ['goes out at last if a person approved it', absent!, { ...unknown, verdict: 'ask' }, { do: 'perform' }],
    ['goes out no more when it is overdue', absent!, { ...begun, overdue: true }, settled('not_sent')],
    ['is unknown where one cannot look', unclear!, begun, settled('unknown', 80)],
    [
      'is looked for less and less often',
      unclear!,
      { ...unknown, begunSecondsAgo: 1_000 },
      settled('unknown', 1_000),
    ],
    ['at least every hour', unclear!, { ...unknown, begunSecondsAgo: 50_000 }, settled('unknown', 3_600)],
    [
      'stays unknown after a day',
      unclear!,
      { ...unknown, begunSecondsAgo: 90_000, intendedSecondsAgo: 90_000 },
      settled('unknown', null),
    ],
  ])('%s', (_case, trace, act, step) => {
    expect(stepAfterTrace(trace, { ...intended, ...act })).toMatchObject(step);
  });
});

describe('an act after its request', () => {
  const approved = { verdict: 'ask' } as const;
  it.each<[string, ActOutcome, Partial<ActOnItsWay>, object]>([
    ['is done', sent, {}, settled('done')],
    ['is unknown, and looked for after a minute', { status: 'unknown' }, {}, settled('unknown', 60)],
    ['was not sent, as its caller is told', refused, {}, settled('not_sent')],
    ['is tried again if a person approved it', refused, approved, settled('approved', 30)],
    ['is not tried at once', { ...refused, retryInSeconds: 0 }, approved, settled('approved', 10)],
    [
      'is not tried again where that does not help',
      { ...refused, retryInSeconds: null },
      approved,
      settled('not_sent'),
    ],
    ['is not tried for more than a day', refused, { ...approved, overdue: true }, settled('not_sent')],
  ])('%s', (_case, outcome, act, step) => {
    expect(stepAfterRequest(outcome, { ...intended, ...act })).toMatchObject(step);
  });
});
