import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { eraOf, judged } from './protocol-era.js';

const prefix = 'io.modelcontextprotocol/';
const value = fc.oneof(
  fc.jsonValue({ maxDepth: 2 }),
  fc.constantFrom(Infinity, null, '2026-07-28', { name: 'a', version: '1' }, { elicitation: { url: {} } }),
);
const field = fc.constantFrom(
  ...['protocolVersion', 'clientInfo', 'clientCapabilities', 'logLevel'].map((name) => prefix + name),
  ...['progressToken', 'traceparent'],
);
const complete = {
  [`${prefix}protocolVersion`]: '2026-07-28',
  [`${prefix}clientInfo`]: { name: 'client', version: '1' },
  [`${prefix}clientCapabilities`]: {},
};
const meta = fc.oneof(
  fc.dictionary(field, value),
  fc.dictionary(field, value, { maxKeys: 1 }).map((more) => ({ ...complete, ...more })),
  value,
  fc.constant(undefined),
);
const claim = fc.record({
  version: fc.constantFrom('2026-07-28', '2025-11-25', '2020-01-01', undefined),
  mcpMethod: fc.constantFrom('tools/call', 'tools/list', undefined),
  meta,
});

it('says of each claim what the SDK says, also where it remembers', () => {
  const eras = new Set<string | undefined>();
  fc.assert(
    fc.property(claim, (each) => {
      const verdict = judged(each);
      eras.add(verdict?.era);
      expect(eraOf(each)).toEqual(verdict);
      expect(eraOf(each)).toEqual(verdict);
    }),
    { numRuns: 5_000 },
  );
  expect(eras).toEqual(new Set(['modern', 'legacy', undefined]));
});

it('does not take a number beyond the range of JSON for null', () => {
  const withCapabilities = (elicitation: unknown) => ({
    version: '2026-07-28',
    mcpMethod: 'tools/call',
    meta: { ...complete, [`${prefix}clientCapabilities`]: { elicitation } },
  });
  for (const elicitation of [Infinity, null, Infinity])
    expect(eraOf(withCapabilities(elicitation))).toEqual(judged(withCapabilities(elicitation)));
});
