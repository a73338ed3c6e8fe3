import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { calledTools, maxBatchMessages } from './called-tools.js';

function call(name: unknown) {
  return { jsonrpc: '2.0', id: 1, method: 'tools/call', params: { name } };
}

describe('calledTools', () => {
  it('finds every tool that an array calls, once', () => {
    expect([...calledTools([call('a'), { method: 'tools/list' }, call('b'), call('a')])]).toEqual(['a', 'b']);
  });

  it('takes no other method and no malformed call for a call', () => {
    expect(
      calledTools([{ method: 'tools/list', params: { name: 'a' } }, call(7), call(undefined), null]).size,
    ).toBe(0);
  });

  it('accepts any body of up to the allowed number of messages', () => {
    fc.assert(
      fc.property(fc.anything(), (body) => {
        fc.pre(!Array.isArray(body) || body.length <= maxBatchMessages);
        expect(calledTools(body)).toBeInstanceOf(Set);
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
