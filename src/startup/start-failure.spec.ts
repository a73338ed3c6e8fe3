import { expect, it } from '@jest/globals';
import { StartFailure, startFailureLine } from './start-failure.js';

const refused = Object.assign(new Error('connect ECONNREFUSED 10.0.0.1:5432'), { code: 'ECONNREFUSED' });

it('a start that was refused says why, whatever brought that about', () => {
  const failure = new StartFailure('PORT: connection timeout', { cause: refused });
  expect(startFailureLine(failure)).toBe('PORT: connection timeout');
});

it('a database that goes away amidst the start is told without its address', () => {
  expect(startFailureLine(refused)).toBe('the database went away during the start');
});

it('an unforeseen failure has no line of its own', () => {
  expect(startFailureLine(new TypeError('a bug'))).toBeNull();
});
