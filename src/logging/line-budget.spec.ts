import { describe, expect, it } from '@jest/globals';
import { LineBudget } from './line-budget.js';

describe('a budget of lines', () => {
  it('admits so many in a minute and says in the next one how many it left out, once', () => {
    const budget = new LineBudget(2);
    expect([0, 10, 20, 59_999].map((nowMs) => budget.take(nowMs).admitted)).toEqual([
      true,
      true,
      false,
      false,
    ]);
    expect(budget.leftOut(59_999)).toBe(0);
    expect(budget.take(60_000)).toEqual({ admitted: true, omitted: 2 });
    expect(budget.take(60_001)).toEqual({ admitted: true, omitted: 0 });
  });

  it('says what it left out in the minute that is not over when it is closed', () => {
    const budget = new LineBudget(0);
    budget.take(0);
    expect([budget.leftOut(1), budget.close(), budget.close(), budget.leftOut(60_000)]).toEqual([0, 1, 0, 0]);
  });
});
