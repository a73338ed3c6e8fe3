import { expect, it } from '@jest/globals';
import { instant, sinceOrIn, span } from './format.js';

const nowMs = Date.parse('2026-05-01T12:00:00Z');

it.each([
  ['2026-05-01T11:59:50Z', '10 seconds ago'],
  ['2026-05-01T11:15:00Z', '45 minutes ago'],
  ['2026-05-01T14:00:00Z', 'in 2 hours'],
  ['2026-04-29T12:00:00Z', '2 days ago'],
])('says %s as %s', (at, said) => {
  expect(sinceOrIn(at, nowMs)).toBe(said);
});

it.each([
  [42 * 60_000, '42 minutes'],
  [1_000, '1 second'],
  [-5_000, '0 seconds'],
  [90 * 60_000, '1 hour'],
])('tells %d ms as %s', (milliseconds, said) => {
  expect(span(milliseconds)).toBe(said);
});

it('names the day where it is not today', () => {
  const now = new Date(nowMs);
  expect(instant('2026-05-01T12:00:00Z', now)).not.toContain('2026');
  expect(instant('2026-04-30T12:00:00Z', now)).toContain('Apr 30, 2026');
});
