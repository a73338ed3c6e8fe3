import { describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { portableSchema } from './portable-schema.js';
import { schemaOutline } from './schema-outline.js';

function outlined(schema: z.ZodObject): object {
  return schemaOutline(portableSchema(z.toJSONSchema(schema, { io: 'input' })));
}

describe('the outline of an answer', () => {
  it.each<[string, z.ZodType, object]>([
    ['the type of a field', z.string(), { type: 'string' }],
    ['no description', z.int().describe('How many'), { type: 'integer' }],
    ['a list without what is in it', z.array(z.string()), { type: 'array' }],
    ['an object without what is in it', z.object({ text: z.string() }), { type: 'object' }],
    ['a choice of texts as a text', z.enum(['a', 'b']), { type: 'string' }],
  ])('tells %s', (_what, field, expected) => {
    expect(outlined(z.object({ field }))).toEqual({ type: 'object', properties: { field: expected } });
  });

  it('leaves out a field of several types', () => {
    const schema = z.object({ one: z.string(), either: z.string().nullable() });
    expect(outlined(schema)).toEqual({ type: 'object', properties: { one: { type: 'string' } } });
  });
});
