import { describe, expect, it } from '@jest/globals';
import { addressSpelling } from '../../console/src/text/address-spelling.js';

describe('an address in the console', () => {
  it.each<[string, string, { ascii: string; written: string | null; isForeign: boolean }]>([
    ['as it is', 'ada@example.com', { ascii: 'ada@example.com', written: null, isForeign: false }],
    [
      'with its domain in ASCII',
      'pay@b\u0430nk.example',
      { ascii: 'pay@xn--bnk-6cd.example', written: 'pay@b\u0430nk.example', isForeign: true },
    ],
    [
      'as one that stands for other letters',
      'pay@xn--bnk-6cd.example',
      { ascii: 'pay@xn--bnk-6cd.example', written: null, isForeign: true },
    ],
    [
      'with a foreign name',
      '\u0430da@example.com',
      { ascii: '\u0430da@example.com', written: null, isForeign: true },
    ],
    ['though it is none', 'a\u00e4/b c', { ascii: 'a\u00e4/b c', written: null, isForeign: true }],
    [
      'though its domain is none',
      'ada@\u00e4/evil.example',
      { ascii: 'ada@\u00e4/evil.example', written: null, isForeign: true },
    ],
  ])('is shown %s', (_case, address, spelling) => {
    expect(addressSpelling(address)).toEqual(spelling);
  });
});
