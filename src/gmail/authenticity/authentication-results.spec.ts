import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { authenticationResults } from './authentication-results.js';

const gmails =
  'mx.google.com;\r\n       dkim=pass header.i=@example.com header.s=s1 header.b=abc;\r\n       spf=pass ' +
  '(google.com: domain of ann@example.com designates 192.0.2.1 as permitted sender) smtp.mailfrom=ann@example.com;' +
  '\r\n       dmarc=pass (p=REJECT sp=REJECT dis=NONE) header.from=example.com';

describe('what Gmail found of a sender', () => {
  it.each<[string, string, object | null]>([
    ['all three', gmails, { spf: 'pass', dkim: 'pass', dmarc: 'pass' }],
    [
      'one alone',
      'mx.google.com; spf=softfail smtp.mailfrom=x@y.example',
      { spf: 'softfail', dkim: null, dmarc: null },
    ],
    [
      'the good one of two signatures',
      'mx.google.com; dkim=fail header.i=@a; dkim=pass header.i=@b',
      { spf: null, dkim: 'pass', dmarc: null },
    ],
    ['none', 'mx.google.com; none', { spf: null, dkim: null, dmarc: null }],
    [
      'nothing in comments',
      'mx.google.com; spf=fail (a (b; dmarc=pass) c; dkim=pass) smtp.mailfrom=x',
      { spf: 'fail', dkim: null, dmarc: null },
    ],
    [
      'nothing behind a comment that does not end',
      'mx.google.com; spf=none (; dmarc=pass',
      { spf: 'none', dkim: null, dmarc: null },
    ],
    ['capitals', 'MX.Google.com; SPF=Pass', { spf: 'pass', dkim: null, dmarc: null }],
    ['nothing of another server', 'mx.example.com; dmarc=pass', null],
    ['nothing of a server that is named alike', 'mx.google.com.evil.example; dmarc=pass', null],
    ['nothing of none', '', null],
  ])('is read: %s', (_what, header, results) => {
    expect(authenticationResults(header)).toEqual(results);
  });

  it('is read of any text without a throw', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary' }),
        (text) => void authenticationResults(`mx.google.com;${text}`),
      ),
    );
  });
});
