import { expect, it } from '@jest/globals';
import { RouteAnswers } from './route-answers.js';

it('counts answers by their status, those that may be alerted on from zero', () => {
  const answers = new RouteAnswers('GET', '/', [500]);
  for (const status of [200, 200, 404]) answers.count(status, 1);
  expect(Object.fromEntries(answers.byStatus)).toEqual({ 200: 2, 404: 1, 500: 0 });
});

it('counts each duration in the bucket whose bound it does not exceed, and in all above', () => {
  const answers = new RouteAnswers('GET', '/', []);
  for (const durationMs of [0, 1, 1.5, 25_000, 60_000]) answers.count(200, durationMs);
  const { buckets, sumSeconds, count } = answers.durations();
  expect(buckets.map((bucket) => [bucket.le, bucket.count])).toEqual([
    [0.001, 2],
    [0.005, 3],
    [0.025, 3],
    [0.1, 3],
    [0.5, 3],
    [1, 3],
    [5, 3],
    [25, 4],
    ['+Inf', 5],
  ]);
  expect([sumSeconds, count]).toEqual([85.0025, 5]);
});
