import { describe, expect, it } from '@jest/globals';
import { killsOne, plan } from './plan.js';

function kindsOf(seed: number, kills: number) {
  return new Set(plan(seed, kills).map(({ event }) => ('moment' in event ? event.moment : event.kind)));
}

describe('a plan of events', () => {
  it('is the same for the same seed, and another for another', () => {
    expect(plan(7, 50)).toEqual(plan(7, 50));
    expect(plan(7, 50)).not.toEqual(plan(8, 50));
  });

  it.each([1, 5, 200])('kills at least %d single processes, and ends with the last of them', (kills) => {
    const steps = plan(3, kills);
    const singles = steps.filter(({ event }) => killsOne(event)).length;
    expect(singles).toBeGreaterThanOrEqual(kills);
    if (kills === 200) expect([singles, killsOne(steps.at(-1)!.event)]).toEqual([kills, true]);
  });

  it('has every kind of event, however short it is', () => {
    expect(kindsOf(1, 1)).toEqual(kindsOf(2, 400));
  });
});
