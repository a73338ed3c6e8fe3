import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { isDoubtful, nextVerdict, type PresentedVerdict } from './next-verdict.js';

const active: PresentedVerdict = { verdict: 'active' };
function suspectFor(forSeconds: number): PresentedVerdict {
  return { verdict: 'suspect', forSeconds };
}

describe('a grant that the provider calls dead', () => {
  it.each([
    ['becomes suspect at the first refusal', active, 'invalid_grant', false, 'suspect'],
    ['stays suspect when refused within a minute', suspectFor(59), 'invalid_grant', false, 'suspect'],
    ['fails when a confirmation a minute later is refused', suspectFor(60), 'invalid_grant', false, 'failed'],
    ['is held when it is one of very many', active, 'invalid_grant', true, 'held'],
    ['stays held, however long it was suspect', suspectFor(86_400), 'invalid_grant', true, 'held'],
    ['is suspect under session control, hold or not', active, 'invalid_rapt', true, 'suspect'],
    ['fails under session control, hold or not', suspectFor(60), 'rapt_required', true, 'failed'],
  ] as const)('%s', (_promise, before, reason, held, expected) => {
    expect(nextVerdict(before, { reason, held })).toBe(expected);
  });

  const verdicts = fc.oneof(
    fc.constant(active),
    fc.double({ min: 0, max: 1e6, noNaN: true }).map((forSeconds) => suspectFor(forSeconds)),
  );
  const refusals = fc.record({
    reason: fc.constantFrom('invalid_grant', 'invalid_rapt', 'rapt_required', 'any_other'),
    held: fc.boolean(),
  });

  it('never fails without a confirmation a minute after it became suspect', () => {
    fc.assert(
      fc.property(verdicts, refusals, (before, refusal) => {
        fc.pre(before.verdict === 'active' || before.forSeconds < 60);
        expect(nextVerdict(before, refusal)).not.toBe('failed');
      }),
    );
  });

  it('asks for no sign-in while a doubtful refusal is held', () => {
    fc.assert(
      fc.property(verdicts, refusals, (before, refusal) => {
        fc.pre(refusal.held && isDoubtful(refusal.reason));
        expect(nextVerdict(before, refusal)).toBe('held');
      }),
    );
  });
});
