import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { calledTools, maxBatchMessages } from './called-tools.js';

function call(name: unknown) {
  return { jsonrpc: '2.0', id: 1, method: 'tools/call', params: { name } };
}

describe('calledTools', () => {
  it('finds every tool that an array calls, once', () => {
    const { names } = calledTools([call('a'), { method: 'tools/list' }, call('b'), call('a')]);
    expect([...names]).toEqual(['a', 'b']);
  });

  it('takes no other method and no malformed call for a call', () => {
    const others = [{ method: 'tools/list', params: { name: 'a' } }, call(7), call(undefined), null];
    expect(calledTools(others)).toEqual({ names: new Set(), uris: new Set(), callsOnlyTools: false });
  });

  it('finds every resource that is read, which is no call', () => {
    const read = (uri: unknown) => ({ method: 'resources/read', params: { uri } });
    const { names, uris, callsOnlyTools } = calledTools([read('gmail://message/m1'), read(7), call('a')]);
    expect([[...names], [...uris], callsOnlyTools]).toEqual([['a'], ['gmail://message/m1'], false]);
  });

  it.each<[string, unknown, boolean]>([
    ['one call', call('a'), true],
    ['an array of calls', [call('a'), call('b')], true],
    ['a call beside a ping', [call('a'), { method: 'ping' }], false],
    ['a ping', { method: 'ping' }, false],
    ['an empty array', [], false],
  ])('tells whether there are calls alone: %s', (_what, body, callsOnlyTools) => {
    expect(calledTools(body)).toMatchObject({ callsOnlyTools });
  });

  it('accepts any body of up to the allowed number of messages', () => {
    fc.assert(
      fc.property(fc.anything(), (body) => {
        fc.pre(!Array.isArray(body) || body.length <= maxBatchMessages);
        expect(calledTools(body).names).toBeInstanceOf(Set);
      }),
    );
  });

  it('refuses a longer array, whatever it holds', () => {
    fc.assert(
      fc.property(fc.array(fc.anything(), { minLength: maxBatchMessages + 1 }), (body) => {
        expect(() => calledTools(body)).toThrow('at most 20 messages');
      }),
    );
  });
});
