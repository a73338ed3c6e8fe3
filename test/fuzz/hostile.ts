import fc from 'fast-check';

/** Texts that have broken other programs. */
const notorious = [
  '',
  ' ',
  '\u0000',
  'a\u0000b',
  '\ud800',
  'x\udfff',
  '\u202eright to left',
  '🌍'.repeat(50),
  'null',
  'undefined',
  'NaN',
  '-1',
  '1e309',
  '0x10',
  '00000000-0000-0000-0000-000000000000',
  "'; DROP TABLE mcp_instances; --",
  "' OR 1=1 --",
  '$1',
  '%s%n',
  '../../etc/passwd',
  '..\\..',
  '<script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  '{{7*7}}',
  '__proto__',
  'constructor',
  'toString',
  'a\r\nSet-Cookie: x=1',
  'x'.repeat(300),
  'x'.repeat(10_000),
];

export const hostileText: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom(...notorious),
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.string({ maxLength: 40 }),
);

export const hostileKey: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom('__proto__', 'constructor', 'prototype', 'toString', '', 'id', 'tenantId'),
  hostileText,
);

function nested(depth: number): unknown {
  return depth === 0 ? 1 : { a: nested(depth - 1) };
}

/** Half a surrogate pair cannot be encoded. */
export function wellFormed(text: string): string {
  return Buffer.from(text).toString();
}

/** JSON of any kind. */
export const hostileValue: fc.Arbitrary<unknown> = fc.oneof(
  hostileText,
  fc.constantFrom(null, true, -1, 0, 1e308, 1.5, Number.MAX_SAFE_INTEGER, [], {}, [[]], nested(200)),
  fc.array(hostileText, { maxLength: 30 }),
  fc.jsonValue({ maxDepth: 3 }),
);

/** What a header may hold at all. */
export const hostileHeader: fc.Arbitrary<string> = hostileText.map((text) =>
  text.replaceAll(/[^\t\x20-\x7e\x80-\xff]/g, '?').slice(0, 500),
);

/** A part of a path or query, encoded well or not at all. */
export const hostileSegment: fc.Arbitrary<string> = fc.oneof(
  hostileText.map((text) => encodeURIComponent(wellFormed(text))),
  fc.constantFrom('%00', '%zz', '%', '%2e%2e', '..%2f..', '%F0%9F', '%ff', '~', ';a=b', 'a+b'),
);
