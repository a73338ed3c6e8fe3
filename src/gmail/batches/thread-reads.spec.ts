import { describe, expect, it } from '@jest/globals';
import { cheaperThreads, type WantedMessage } from './thread-reads.js';
import { defaultUnitCosts } from '../quota/unit-costs.js';

/** `a1 a2 b1` are two messages of the thread `a` and one of `b`; `?1` is one of an unknown thread. */
function wanted(messages: string): WantedMessage[] {
  return messages
    .split(' ')
    .filter((id) => id !== '')
    .map((id) => ({ id, threadId: id.startsWith('?') ? undefined : id.charAt(0) }));
}

describe('A thread is read whole', () => {
  it.each([
    ['for three of its messages', 'a1 a2 a3', ['a']],
    ['for more of them', 'a1 a2 a3 a4 a5', ['a']],
    ['not for two, which cost as much one by one', 'a1 a2', []],
    ['not for one that is wanted three times', 'a1 a1 a1', []],
    ['each by itself', 'a1 b1 a2 b2 a3 c1 c2 c3', ['a', 'c']],
    ['not when it is not known', '?1 ?2 ?3 ?4', []],
    ['not for nothing', '', []],
  ])('%s', (_case, messages, threads) => {
    expect([...cheaperThreads(wanted(messages), defaultUnitCosts)]).toEqual(threads);
  });

  it('when it is cheaper by the costs that the operator knows', () => {
    const costs = { 'messages.get': 5, 'threads.get': 10 };
    expect([...cheaperThreads(wanted('a1 a2 a3'), costs)]).toEqual(['a']);
    expect([...cheaperThreads(wanted('a1 a2 a3'), { ...costs, 'threads.get': 15 })]).toEqual([]);
  });
});
