import { describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { portableSchema } from './portable-schema.js';

function listed(schema: z.ZodType): object {
  return portableSchema(z.toJSONSchema(schema, { io: 'input' }));
}

describe('a schema as clients see it', () => {
  it.each<[string, z.ZodType, object]>([
    ['names no dialect', z.string(), { type: 'string' }],
    ['bounds no integer by 53 bits', z.int(), { type: 'integer' }],
    [
      'keeps bounds that fit',
      z.int().min(-5).max(2147483647),
      { type: 'integer', minimum: -5, maximum: 2147483647 },
    ],
    ['leaves out one that does not', z.int().min(2).max(2147483648), { type: 'integer', minimum: 2 }],
    ['leaves out what ids look like', z.string().regex(/^[a-z]+$/), { type: 'string' }],
    ['leaves out a format', z.email(), { type: 'string' }],
    ['leaves out that a count is one at least', z.int().min(1).max(9), { type: 'integer', maximum: 9 }],
    ['leaves out that what is absent is not so', z.boolean().default(false), { type: 'boolean' }],
    ['leaves out that a text is not empty', z.string().min(1), { type: 'string' }],
    [
      'leaves out that what is absent is empty',
      z.array(z.string()).default([]),
      { type: 'array', items: { type: 'string' } },
    ],
    ['keeps short lengths', z.string().max(99), { type: 'string', maxLength: 99 }],
    ['leaves out others', z.array(z.string()).max(100), { type: 'array', items: { type: 'string' } }],
    [
      'has one type for each alternative',
      z.string().max(5).nullable().describe('A name'),
      { anyOf: [{ type: 'string', maxLength: 5 }, { type: 'null' }], description: 'A name' },
    ],
    [
      'has no null among texts',
      z.enum(['a', 'b']).nullable(),
      { anyOf: [{ type: 'string', enum: ['a', 'b'] }, { type: 'null' }] },
    ],
    [
      'is so at every depth',
      z.strictObject({ list: z.array(z.object({ n: z.int().nullable().default(null) })) }),
      {
        type: 'object',
        properties: {
          list: {
            type: 'array',
            items: {
              type: 'object',
              properties: { n: { anyOf: [{ type: 'integer' }, { type: 'null' }], default: null } },
            },
          },
        },
        required: ['list'],
        additionalProperties: false,
      },
    ],
  ])('%s', (_what, schema, expected) => {
    expect(listed(schema)).toEqual(expected);
  });
});
