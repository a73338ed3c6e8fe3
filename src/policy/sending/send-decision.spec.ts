import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  limitsWithin,
  sendDecision,
  type EarlierSend,
  type SendDecision,
  type SendLimits,
} from './send-decision.js';

const none: SendLimits = {
  messagesPerHour: 0,
  messagesPerDay: 0,
  recipientsPerHour: 0,
  recipientsPerDay: 0,
  recipientsPerMessage: 0,
};
const allowed: SendDecision = { verdict: 'allowed' };

function sent(...mails: [ageSeconds: number, recipients: number][]): EarlierSend[] {
  return mails.map(([ageSeconds, recipients]) => ({ ageSeconds, recipients }));
}

describe('whether a mail may leave', () => {
  it.each<[string, Partial<SendLimits>, EarlierSend[], number, SendDecision]>([
    ['without limits', {}, sent([0, 9_000], [0, 9_000]), 9_000, allowed],
    ['the last of an hour', { messagesPerHour: 2 }, sent([60, 1]), 1, allowed],
    [
      'one more than an hour allows, till the oldest is an hour old',
      { messagesPerHour: 2 },
      sent([3_000.5, 1], [60, 1]),
      1,
      { verdict: 'wait', limit: 'messages_per_hour', most: 2, retryAfterSeconds: 600 },
    ],
    ['after the oldest is an hour old', { messagesPerHour: 2 }, sent([3_600, 1], [60, 1]), 1, allowed],
    [
      'one more than a day allows, though the hour does',
      { messagesPerHour: 2, messagesPerDay: 2 },
      sent([80_000, 1], [70_000, 1]),
      1,
      { verdict: 'wait', limit: 'messages_per_day', most: 2, retryAfterSeconds: 6_400 },
    ],
    ['recipients to the last one', { recipientsPerHour: 10 }, sent([5, 6]), 4, allowed],
    [
      'recipients beyond an hour, till enough of the oldest are gone',
      { recipientsPerHour: 10 },
      sent([3_500, 1], [3_400, 5], [10, 4]),
      5,
      { verdict: 'wait', limit: 'recipients_per_hour', most: 10, retryAfterSeconds: 200 },
    ],
    [
      'the limit that frees last, of two',
      { messagesPerHour: 1, recipientsPerDay: 5 },
      sent([600, 5]),
      1,
      { verdict: 'wait', limit: 'recipients_per_day', most: 5, retryAfterSeconds: 85_800 },
    ],
    [
      'more recipients than one message may have: waiting would not help',
      { recipientsPerMessage: 50 },
      [],
      51,
      { verdict: 'never', limit: 'recipients_per_message', most: 50 },
    ],
    [
      'more recipients than an hour ever allows: neither would it here',
      { recipientsPerHour: 20, messagesPerHour: 1 },
      sent([5, 1]),
      21,
      { verdict: 'never', limit: 'recipients_per_hour', most: 20 },
    ],
    [
      'one that left a moment later by the clock of a transaction',
      { messagesPerHour: 1 },
      sent([-0.2, 1]),
      1,
      { verdict: 'wait', limit: 'messages_per_hour', most: 1, retryAfterSeconds: 3_601 },
    ],
  ])('%s', (_case, limits, earlier, recipients, decision) => {
    expect(sendDecision({ ...none, ...limits }, earlier, { recipients })).toEqual(decision);
  });

  it('lets no hour and no day hold more than allowed, and is free when it says so', () => {
    const limits = fc.record({
      messagesPerHour: fc.integer({ min: 0, max: 5 }),
      messagesPerDay: fc.integer({ min: 0, max: 12 }),
      recipientsPerHour: fc.integer({ min: 0, max: 20 }),
      recipientsPerDay: fc.integer({ min: 0, max: 50 }),
      recipientsPerMessage: fc.integer({ min: 0, max: 8 }),
    });
    const mails = fc.array(
      fc.record({
        pauseSeconds: fc.integer({ min: 0, max: 9_000 }),
        recipients: fc.integer({ min: 1, max: 9 }),
      }),
      { maxLength: 40 },
    );
    fc.assert(
      fc.property(limits, mails, (held, tried) => {
        const left: { at: number; recipients: number }[] = [];
        let now = 0;
        const decide = (recipients: number) =>
          sendDecision(
            held,
            left.map((mail) => ({ ageSeconds: now - mail.at, recipients: mail.recipients })),
            { recipients },
          );
        for (const { pauseSeconds, recipients } of tried) {
          now += pauseSeconds;
          const decision = decide(recipients);
          if (decision.verdict === 'wait') {
            now += decision.retryAfterSeconds;
            expect(decide(recipients)).toEqual(allowed);
          }
          if (decision.verdict !== 'never') left.push({ at: now, recipients });
        }
        for (const { at } of left) {
          const within = (seconds: number) => left.filter((mail) => mail.at >= at && mail.at < at + seconds);
          const people = (seconds: number) => within(seconds).reduce((sum, mail) => sum + mail.recipients, 0);
          const bound = (limit: number) => (limit === 0 ? Infinity : limit);
          expect(within(3_600).length).toBeLessThanOrEqual(bound(held.messagesPerHour));
          expect(within(86_400).length).toBeLessThanOrEqual(bound(held.messagesPerDay));
          expect(people(3_600)).toBeLessThanOrEqual(bound(held.recipientsPerHour));
          expect(people(86_400)).toBeLessThanOrEqual(bound(held.recipientsPerDay));
        }
      }),
    );
  });
});

describe('of the deployment’s limits and a policy’s caps', () => {
  const caps = { messagesPerHour: 0, messagesPerDay: 0, recipientsPerHour: 0, recipientsPerDay: 0 };
  it.each<
    [what: string, deployment: Partial<SendLimits>, policy: Partial<typeof caps>, held: Partial<SendLimits>]
  >([
    ['the lower one counts', { messagesPerHour: 60 }, { messagesPerHour: 5 }, { messagesPerHour: 5 }],
    [
      'the deployment’s is the upper bound',
      { messagesPerDay: 60 },
      { messagesPerDay: 500 },
      { messagesPerDay: 60 },
    ],
    [
      'one alone counts',
      { recipientsPerHour: 60 },
      { recipientsPerDay: 7 },
      { recipientsPerHour: 60, recipientsPerDay: 7 },
    ],
    [
      'those of one message are the deployment’s',
      { recipientsPerMessage: 50 },
      {},
      { recipientsPerMessage: 50 },
    ],
    ['none is none', {}, {}, {}],
  ])('%s', (_what, deployment, policy, held) => {
    expect(limitsWithin({ ...none, ...deployment }, { ...caps, ...policy })).toEqual({ ...none, ...held });
  });
});
