import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { canonicalJson, storableJson, type Json } from './canonical-json.js';

describe('canonical JSON', () => {
  it('is that of the examples in RFC 8785, 3.2.2 and 3.2.3', () => {
    const numbers = [Number('333333333.33333329'), 1e30, 4.5, 2e-3, 0.000000000000000000000000001];
    const text = '€$\u000F\nA\'B"\\\\"/';
    expect(canonicalJson({ numbers, string: text, literals: [null, true, false] })).toBe(
      '{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],' +
        '"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}',
    );
    const names = ['€', '\r', '\uFB33', '1', '\u{1F600}', '\u0080', 'ö'];
    const object = Object.fromEntries(names.map((name, at) => [name, at]));
    expect(canonicalJson(object)).toBe('{"\\r":1,"1":3,"\u0080":5,"ö":6,"€":0,"\u{1F600}":4,"\uFB33":2}');
  });

  it('does not depend on the order in which members were named, nor on undefined ones', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (object) => {
        const reversed = Object.fromEntries([
          ...Object.entries(object).reverse(),
          ['nothing here', undefined],
        ]);
        expect(canonicalJson(reversed as Json)).toBe(canonicalJson(object));
        expect(JSON.parse(canonicalJson(object as Json))).toEqual(JSON.parse(JSON.stringify(object)));
      }),
    );
  });

  it('has no form for what JSON cannot hold', () => {
    expect(() => canonicalJson({ count: Number.NaN })).toThrow(RangeError);
  });
});

it('text is stored without what PostgreSQL would refuse', () => {
  expect(storableJson({ 'a\0': ['b\uD800', { c: 'd\0' }], left: undefined })).toEqual({
    'a\uFFFD': ['b\uFFFD', { c: 'd\uFFFD' }],
  });
});
