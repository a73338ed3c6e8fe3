import { describe, expect, it } from '@jest/globals';
import { gmailTools } from '../../src/gmail-mcp/tools/index.js';
import { dialects, refusals, type DialectName } from './dialects.js';
import { refusedPattern } from './llama-grammar.js';
import type { SchemaNode } from './schema-nodes.js';

const names = Object.keys(dialects) as DialectName[];
const inputs = gmailTools.map(({ name, listing }) => [name, listing.inputSchema as SchemaNode] as const);

describe.each(names)('%s', (dialect) => {
  it.each(inputs)('takes the arguments of %s', (_tool, schema) => {
    expect(refusals(dialect, schema)).toEqual([]);
  });
});

describe('the rules', () => {
  const closed = (properties: SchemaNode['properties']): SchemaNode => ({
    type: 'object',
    properties: properties!,
    additionalProperties: false,
  });

  it.each<[DialectName, string, SchemaNode]>([
    ['llama.cpp', 'a shorthand in a range', closed({ id: { type: 'string', pattern: '^[\\w-]{1,64}$' } })],
    ['llama.cpp', 'a shorthand elsewhere', closed({ id: { type: 'string', pattern: '^\\d+$' } })],
    ['llama.cpp', 'an escaped dot in a range', closed({ id: { type: 'string', pattern: '[\\.]' } })],
    ['llama.cpp', 'a lookahead', closed({ id: { type: 'string', pattern: '^(?=a)a$' } })],
    ['llama.cpp', 'a lazy quantifier', closed({ id: { type: 'string', pattern: '^a+?$' } })],
    ['llama.cpp', 'a large quantifier', closed({ id: { type: 'string', pattern: '^[a-z]{1,2000}$' } })],
    ['llama.cpp', 'a long text', closed({ query: { type: 'string', maxLength: 2000 } })],
    ['llama.cpp', 'a long list', closed({ to: { type: 'array', items: {}, maxItems: 1000 } })],
    ['llama.cpp', 'a type of no JSON', closed({ file: { type: 'file' } })],
    ['llama.cpp', 'a schema elsewhere', closed({ id: { $ref: 'https://example.com/id.json' } })],
    ['OpenAI, strict functions', 'an open object', { type: 'object', properties: {} }],
    ['OpenAI, strict functions', 'an open object within', closed({ a: { type: 'object', properties: {} } })],
    ['OpenAI, strict functions', 'allOf', closed({ a: { allOf: [{ type: 'string' }] } })],
    ['OpenAI, strict functions', 'alternatives at the root', { anyOf: [closed({})] }],
    ['OpenAI, strict functions', 'a lookbehind', closed({ a: { type: 'string', pattern: '(?<=a)b' } })],
    ['Gemini, function declarations', 'a dialect', { $schema: 'https://json-schema.org/', ...closed({}) }],
    ['Gemini, function declarations', 'several types', closed({ a: { type: ['string', 'null'] } })],
    ['Gemini, function declarations', 'an enum of numbers', closed({ a: { type: 'integer', enum: [1, 2] } })],
    ['Gemini, function declarations', 'oneOf', closed({ a: { oneOf: [{ type: 'string' }] } })],
    ['Gemini, function declarations', 'no type at all', closed({ a: { description: 'Anything' } })],
    ['Gemini, function declarations', 'a format', closed({ a: { type: 'string', format: 'uuid' } })],
    ['Anthropic, strict tools', 'not', closed({ a: { type: 'string', not: { enum: ['b'] } } })],
    ['Anthropic, strict tools', 'an enum of objects', closed({ a: { enum: [{ b: 1 }] } })],
    ['Anthropic, strict tools', 'a reference back', closed({ a: { type: 'string', pattern: '(a)\\1' } })],
    ['Anthropic, strict tools', 'a name with a space', closed({ 'a b': { type: 'string' } })],
    ['every other client', '53 bits', closed({ a: { type: 'integer', maximum: Number.MAX_SAFE_INTEGER } })],
    ['every other client', 'several types', closed({ a: { type: ['string', 'null'] } })],
    ['every other client', 'a class by name', closed({ a: { type: 'string', pattern: '^\\p{L}+$' } })],
  ])('of %s find %s', (dialect, _what, schema) => {
    expect(refusals(dialect, schema)).not.toEqual([]);
  });

  it.each(['^[A-Za-z0-9_-]{1,64}$', '^a\\.b$', '^(a|b)+$', '^[^"\\\\]*$', '^\\x41$', '^[ \\t]{3}$'])(
    'let llama.cpp take /%s/',
    (pattern) => {
      expect(refusedPattern(pattern)).toBeNull();
    },
  );
});
