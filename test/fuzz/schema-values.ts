import fc from 'fast-check';
import { hostileKey, hostileText, hostileValue } from './hostile.js';

/** As much of JSON Schema as our documents use. */
export interface JsonSchema {
  type?: string;
  enum?: unknown[];
  const?: unknown;
  anyOf?: JsonSchema[];
  properties?: Record<string, JsonSchema>;
  required?: string[];
  items?: JsonSchema;
  minLength?: number;
  maxLength?: number;
  minimum?: number;
  maximum?: number;
  minItems?: number;
  maxItems?: number;
  format?: string;
}

/** Values that a schema lets pass, as far as it says; patterns it does not look at. */
export function valueOf(schema: JsonSchema): fc.Arbitrary<unknown> {
  if (schema.enum) return fc.constantFrom(...schema.enum);
  if (schema.const !== undefined) return fc.constant(schema.const);
  if (schema.anyOf) return fc.oneof(...schema.anyOf.map(valueOf));
  switch (schema.type) {
    case 'string':
      return schema.format === 'date-time' ? instant : textOf(schema);
    case 'integer':
    case 'number':
      return fc.integer({ min: schema.minimum ?? -1_000, max: schema.maximum ?? 1_000 });
    case 'boolean':
      return fc.boolean();
    case 'null':
      return fc.constant(null);
    case 'array': {
      const { items = {}, minItems = 0, maxItems = 5 } = schema;
      return fc.array(valueOf(items), { minLength: minItems, maxLength: Math.min(maxItems, minItems + 3) });
    }
    case 'object':
      return objectOf(schema);
    case undefined:
    default:
      return hostileValue;
  }
}

/** With any of its optional properties, and often with one alone: together they may contradict each other. */
function objectOf({ properties = {}, required = [] }: JsonSchema): fc.Arbitrary<unknown> {
  const values = Object.fromEntries(Object.entries(properties).map(([key, each]) => [key, valueOf(each)]));
  const any = fc.record(values, { requiredKeys: required });
  const optional = Object.keys(properties).filter((key) => !required.includes(key));
  if (optional.length === 0) return any;
  const one = fc.constantFrom(...optional).chain((kept) => {
    const chosen = Object.entries(values).filter(([key]) => key === kept || required.includes(key));
    return fc.record(Object.fromEntries(chosen));
  });
  return fc.oneof(any, one);
}

const instant = fc
  .date({ min: new Date('2027-01-01T00:00:00Z'), max: new Date('2099-01-01T00:00:00Z'), noInvalidDate: true })
  .map((date) => date.toISOString());

/** As long as it may be, and beyond what its author had in mind. */
function textOf({ minLength = 0, maxLength = 200 }: JsonSchema): fc.Arbitrary<string> {
  const fits = (text: string) => text.length >= minLength && text.length <= maxLength;
  return fc.oneof(
    fc.string({ unit: 'grapheme', minLength, maxLength: Math.min(maxLength, minLength + 30) }).filter(fits),
    hostileText.filter(fits),
  );
}

/** A valid value with something wrong about it: changed, left out, added, or another one altogether. */
export function brokenValueOf(schema: JsonSchema): fc.Arbitrary<unknown> {
  const names = Object.keys(schema.properties ?? {});
  if (names.length === 0) return hostileValue;
  const name = fc.constantFrom(...names);
  const object = valueOf(schema).map((value) => value as Record<string, unknown>);
  return fc.oneof(
    fc.tuple(object, name, hostileValue).map(([value, key, other]) => ({ ...value, [key]: other })),
    fc
      .tuple(object, name)
      .map(([value, key]) => Object.fromEntries(Object.entries(value).filter(([each]) => each !== key))),
    fc
      .tuple(object, hostileKey, hostileValue)
      .map(([value, key, other]) => Object.fromEntries([...Object.entries(value), [key, other]])),
    hostileValue,
  );
}
