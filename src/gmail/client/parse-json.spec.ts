import { describe, expect, it } from '@jest/globals';
import { parseJson } from './parse-json.js';

function parsed(json: string): unknown {
  return parseJson(Buffer.from(json));
}

describe('an answer as JSON', () => {
  it('is what it says, its messages within their bounds', () => {
    expect(parsed('{"a":["b\\"{",1]}')).toEqual({ a: ['b"{', 1] });
    const parts = Array.from({ length: 1_001 }, () => '{}').join(',');
    expect(parsed(`{"payload":{"parts":[${parts}]}}`)).toMatchObject({ payload: { partsLeftOut: true } });
  });

  it.each(['', '{', 'x', '"'])('is nothing where it is none (%j)', (json) => {
    expect(parsed(json)).toBeUndefined();
  });

  it.each(['[]', '{}'])('is nothing where it is a bomb of %s', (piece) => {
    expect(parsed(`[${Array.from({ length: 300_001 }, () => piece).join(',')}]`)).toBeUndefined();
  });

  it.each(['[', '{', '\\"[', '\\\\', '\\\\\\"{'])('takes any text for text (%s)', (piece) => {
    const text = piece.repeat(400_000);
    expect(parsed(`{"subject":"${text}"}`)).toEqual(JSON.parse(`{"subject":"${text}"}`));
  });
});
