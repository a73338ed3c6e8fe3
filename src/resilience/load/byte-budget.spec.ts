import { describe, expect, it } from '@jest/globals';
import { ByteBudget, type BudgetRefusal } from './byte-budget.js';

type Taking = [payer: string, bytes: number, isSmall: boolean];

const limits = { total: 100, perPayer: 60, keptForSmall: 20 };

describe('a budget of bytes', () => {
  it.each<[string, Taking[], Taking, BudgetRefusal | null]>([
    ['gives what is there', [], ['a', 60, false], null],
    ['gives one payer no more than its share', [['a', 50, false]], ['a', 11, false], 'payer'],
    ['keeps a part for what is small', [['a', 60, false]], ['b', 21, false], 'total'],
    ['gives that part to what is small', [['a', 60, false]], ['b', 21, true], null],
    [
      'gives no more than the total',
      [
        ['a', 60, false],
        ['b', 20, false],
      ],
      ['c', 21, true],
      'total',
    ],
  ])('%s', (_case, before, taking, refusal) => {
    const budget = new ByteBudget(limits);
    for (const each of before) expect(budget.take(...each)).toBeNull();
    expect(budget.take(...taking)).toBe(refusal);
  });

  it('gives again what was given back, and nothing that a refusal did not take', () => {
    const budget = new ByteBudget(limits);
    budget.take('a', 60, false);
    expect(budget.take('a', 1, false)).toBe('payer');
    budget.give('a', 60);
    expect(budget.take('a', 60, false)).toBeNull();
  });
});
