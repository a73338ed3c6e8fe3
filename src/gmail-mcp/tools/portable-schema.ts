/** As much of JSON Schema as zod writes for our tools. */
interface Schema {
  [keyword: string]: unknown;
  type?: string | string[];
  enum?: unknown[];
  anyOf?: Schema[];
  items?: Schema;
  properties?: Record<string, Schema>;
}

const int32 = { least: -(2 ** 31), greatest: 2 ** 31 - 1 };
/**
 * llama.cpp refuses a grammar that repeats something 2000 times, and with it the request (src/llama-grammar.cpp); and
 * what no model comes near only makes the list longer.
 */
const tooManyRepetitions = 100;
/** What describes a value of whatever type. */
const annotations: ReadonlySet<string> = new Set(['title', 'description', 'default']);

/**
 * A schema of the same meaning that clients and model providers take, who read only parts of JSON Schema and may refuse
 * all tools for what one of them uses. `type` is one type; the dialect is MCP's own and unnamed. Bounds that are beyond
 * 32 bits, or too large for a grammar, are left out, and so is what only makes the list longer, such as what ids look
 * like: the schema that checks the arguments still has them.
 */
export function portableSchema(schema: object): Schema {
  const { $schema: _dialect, ...rest } = schema as Schema;
  return withOneType(withPortableParts(withoutIdleWords(rest)));
}

function withoutIdleWords(schema: Schema): Schema {
  return Object.fromEntries(
    Object.entries(schema).filter(([name, value]) => !isLargeBound(name, value) && !isIdle(name, value)),
  );
}

/** Bounds that no model goes beyond by mistake. */
const leastBounds: ReadonlySet<string> = new Set(['minLength', 'minItems', 'minimum']);

/** Nor does it mind that what it leaves out counts as empty, none or not. */
function isIdle(keyword: string, value: unknown): boolean {
  if (keyword === 'default')
    return [false, 0, ''].some((none) => none === value) || (Array.isArray(value) && value.length === 0);
  return (
    keyword === 'pattern' ||
    keyword === 'format' ||
    (leastBounds.has(keyword) && (value === 0 || value === 1))
  );
}

function isLargeBound(keyword: string, value: unknown): boolean {
  if (typeof value !== 'number') return false;
  if (keyword === 'maxLength' || keyword === 'maxItems') return value >= tooManyRepetitions;
  const bounds = ['minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum'];
  return bounds.includes(keyword) && (value < int32.least || value > int32.greatest);
}

function withPortableParts({ anyOf, items, properties, ...schema }: Schema): Schema {
  return {
    ...schema,
    ...(anyOf && { anyOf: anyOf.map(portableSchema) }),
    ...(items && { items: portableSchema(items) }),
    ...(properties && {
      properties: Object.fromEntries(
        Object.entries(properties).map(([name, each]) => [name, portableSchema(each)]),
      ),
    }),
  };
}

/** A list of types as alternatives with one type each, of which the one that is not null keeps the constraints. */
function withOneType({ type, ...schema }: Schema): Schema {
  if (!Array.isArray(type)) return { ...(type !== undefined && { type }), ...schema };
  const entries = Object.entries(schema);
  const shared = entries.filter(([name]) => annotations.has(name));
  const { enum: values, ...constraints } = Object.fromEntries(
    entries.filter(([name]) => !annotations.has(name)),
  ) as Schema;
  const alternative = (each: string): Schema =>
    each === 'null'
      ? { type: 'null' }
      : {
          type: each,
          ...constraints,
          ...(values && { enum: values.filter((value) => value !== null) }),
        };
  return { anyOf: type.map(alternative), ...Object.fromEntries(shared) };
}
