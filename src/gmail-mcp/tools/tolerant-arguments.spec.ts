import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { z } from 'zod';
import { tolerantArguments } from './tolerant-arguments.js';

const input = z.strictObject({
  id: z.string().min(1),
  cursor: z.string().optional(),
  limit: z.int().min(1).optional(),
  unread: z.boolean().optional(),
  labels: z.array(z.string()).optional(),
  range: z.strictObject({ from: z.string().optional(), days: z.number().optional() }).optional(),
  parts: z.array(z.strictObject({ size: z.number() })).optional(),
  mode: z.enum(['', 'full']).optional(),
  until: z.string().nullable().optional(),
});
const schema = z.toJSONSchema(input, { io: 'input' });

function read(given: unknown): unknown {
  return tolerantArguments(given, schema);
}

describe('tolerantArguments', () => {
  it.each<[string, unknown, object]>([
    ['null for no arguments at all', null, {}],
    ['all arguments as one JSON text', '{"id":"m1","limit":"5"}', { id: 'm1', limit: 5 }],
    ['null for an optional argument', { id: 'm1', limit: null, labels: null }, { id: 'm1' }],
    ['an empty text for an optional argument', { id: 'm1', cursor: '', limit: '' }, { id: 'm1' }],
    ['an array as text', { labels: '["INBOX","UNREAD"]' }, { labels: ['INBOX', 'UNREAD'] }],
    ['a number as text', { limit: '25' }, { limit: 25 }],
    ['a boolean as text', { unread: 'true' }, { unread: true }],
    ['an object as text', { range: '{"days":"7"}' }, { range: { days: 7 } }],
    ['a lone text for a list of one', { labels: 'INBOX' }, { labels: ['INBOX'] }],
    ['a lone object for a list of one', { parts: { size: '1' } }, { parts: [{ size: 1 }] }],
    ['a list of objects as text', { parts: '[{"size":1}]' }, { parts: [{ size: 1 }] }],
    ['null within an object', { range: { from: null, days: 1 } }, { range: { days: 1 } }],
  ])('takes %s', (_what, given, expected) => {
    expect(read(given)).toEqual(expected);
  });

  it.each<[string, object]>([
    ['null for an argument that is required, so that it is named', { id: null }],
    ['an empty text for an argument that is required', { id: '' }],
    ['an empty text that the schema names', { mode: '' }],
    ['null that the schema takes', { until: null }],
    ['text that looks like a number where text is wanted', { id: '123', cursor: '[1]' }],
    ['a text that is no number', { limit: 'many' }],
    ['what the schema does not know', { other: null, __proto__: undefined }],
    ['a number where a list of texts is wanted', { labels: 5 }],
  ])('leaves alone %s', (_what, given) => {
    expect(read(given)).toEqual(given);
  });

  it('never changes arguments that are valid and not empty', () => {
    const text = fc.string({ minLength: 1 });
    const valid = fc.record(
      {
        id: text,
        cursor: text,
        limit: fc.integer({ min: 1 }),
        unread: fc.boolean(),
        labels: fc.array(text),
        range: fc.record({ from: text, days: fc.integer() }, { requiredKeys: [] }),
        parts: fc.array(fc.record({ size: fc.integer() })),
        until: fc.option(text),
      },
      { requiredKeys: ['id'] },
    );
    fc.assert(fc.property(valid, (given) => expect(read(given)).toEqual(given)));
  });

  it('never throws', () => {
    fc.assert(fc.property(fc.anything(), (given) => void read(given)));
  });
});
