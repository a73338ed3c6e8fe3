/** As much of JSON Schema as the listings of our tools use. */
interface Schema {
  type?: string | string[];
  anyOf?: Schema[];
  enum?: unknown[];
  items?: Schema;
  properties?: Record<string, Schema>;
  required?: string[];
}

type Fields = Record<string, unknown>;

/**
 * Arguments as they were meant, before the strict schema judges them. Models and the programs around them send null or
 * an empty text for an argument that they leave out, write arrays, objects, numbers and booleans as text, and name one
 * thing where a list of things is wanted. The listing stays strict; what cannot be meant otherwise is read so.
 */
export function tolerantArguments(input: unknown, schema: object): unknown {
  return meant(input ?? {}, { ...schema, type: 'object' });
}

function meant(value: unknown, schema: Schema): unknown {
  const fitting = alternatives(schema).find(({ type }) => isOfType(value, type));
  if (fitting) return withinMeant(value, fitting);
  const parsed = typeof value === 'string' ? parsedJson(value) : undefined;
  const ofParsed = alternatives(schema).find(({ type }) => isOfType(parsed, type));
  if (ofParsed) return withinMeant(parsed, ofParsed);
  const list = alternatives(schema).find(({ type }) => type === 'array');
  const isOne =
    list !== undefined && alternatives(list.items ?? {}).some(({ type }) => isOfType(value, type));
  return isOne ? [withinMeant(value, list.items ?? {})] : value;
}

/** What an array or object holds, as it was meant. */
function withinMeant(value: unknown, schema: Schema): unknown {
  const { items } = schema;
  if (Array.isArray(value)) return items ? value.map((item) => meant(item, items)) : value;
  return isFields(value) ? fieldsMeant(value, schema) : value;
}

function fieldsMeant(given: Fields, { properties = {}, required = [] }: Schema): Fields {
  const fields = Object.entries(given).flatMap(([name, value]): [string, unknown][] => {
    const schema = Object.hasOwn(properties, name) ? properties[name] : undefined;
    if (schema === undefined) return [[name, value]];
    const isLeftOut = (value === null || value === '') && !required.includes(name) && !takes(schema, value);
    return isLeftOut ? [] : [[name, meant(value, schema)]];
  });
  return Object.fromEntries(fields);
}

/** Where null or an empty text has a meaning of its own, the schema names it. */
function takes(schema: Schema, value: unknown): boolean {
  return alternatives(schema).some(
    ({ type, enum: values }) => (value === null && type === 'null') || values?.includes(value) === true,
  );
}

function alternatives(schema: Schema): Schema[] {
  if (schema.anyOf) return schema.anyOf.flatMap(alternatives);
  return Array.isArray(schema.type) ? schema.type.map((type) => ({ ...schema, type })) : [schema];
}

function isOfType(value: unknown, type: Schema['type']): boolean {
  switch (type) {
    case undefined:
      return value !== undefined;
    case 'null':
      return value === null;
    case 'array':
      return Array.isArray(value);
    case 'object':
      return isFields(value);
    case 'integer':
    case 'number':
      return typeof value === 'number';
    default:
      return typeof value === type;
  }
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
