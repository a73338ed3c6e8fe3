import { refusedByLlama } from './llama-grammar.js';
import { schemaNodes, type SchemaNode } from './schema-nodes.js';

/** What one program or provider takes of a tool's schema. */
interface Dialect {
  /** Where it says so. */
  source: string;
  /** All that may stand in a schema; undefined for any keyword. */
  keywords?: readonly string[];
  /** Keywords that its own SDKs and converters leave out or move into the description. */
  leftOut?: readonly string[];
  /** What is against the schema as a whole. */
  ofRoot?: (root: SchemaNode) => string | null;
  /** What is against one schema in it. */
  ofNode?: (node: SchemaNode) => string | null;
}

const annotations = ['title', 'description', 'default'];
const constraints = ['minLength', 'maxLength', 'minimum', 'maximum', 'minItems', 'maxItems'];
const structure = ['type', 'properties', 'required', 'items', 'anyOf', 'enum'];

function isObject({ type, anyOf, oneOf, allOf }: SchemaNode): string | null {
  return type === 'object' && !anyOf && !oneOf && !allOf ? null : 'the root is not simply an object';
}

function isClosed({ type, additionalProperties }: SchemaNode): string | null {
  return type !== 'object' || additionalProperties === false ? null : 'an object is open';
}

function hasRegularPattern({ pattern }: SchemaNode): string | null {
  return /\(\?|\\[bB1-9]/.test(pattern ?? '') ? `the pattern ${pattern ?? ''} looks around or back` : null;
}

export const dialects = {
  'llama.cpp': {
    source:
      'https://github.com/ggml-org/llama.cpp: examples/json_schema_to_grammar.py, src/llama-grammar.cpp',
    ofNode: refusedByLlama,
  },
  'OpenAI, strict functions': {
    source: 'https://platform.openai.com/docs/guides/structured-outputs#supported-schemas',
    keywords: [
      ...structure,
      ...constraints,
      'title',
      'description',
      'const',
      '$ref',
      '$defs',
      'pattern',
      'format',
      'multipleOf',
      'exclusiveMinimum',
      'exclusiveMaximum',
      'additionalProperties',
    ],
    // Its SDKs make what is optional required and nullable (`@openai/agents`, convertSchemasToStrict), which ends defaults.
    leftOut: ['default'],
    ofRoot: isObject,
    ofNode: (node) => isClosed(node) ?? hasRegularPattern(node),
  },
  'Gemini, function declarations': {
    source: 'https://ai.google.dev/api/caching#Schema',
    keywords: [
      ...structure,
      ...constraints,
      ...annotations,
      'nullable',
      'format',
      'pattern',
      'example',
      'propertyOrdering',
      'minProperties',
      'maxProperties',
    ],
    // The OpenAPI subset has none, and all objects of it are closed; `parametersJsonSchema` takes it.
    leftOut: ['additionalProperties'],
    ofRoot: isObject,
    ofNode: ({ type, enum: values, anyOf, format }) => {
      if (Array.isArray(type)) return 'several types';
      if (type !== undefined && anyOf !== undefined) return 'a type beside anyOf';
      if (type === undefined && anyOf === undefined) return 'neither a type nor anyOf';
      if (values?.some((value) => typeof value !== 'string')) return 'an enum of other things than texts';
      return format === undefined || format === 'date-time' ? null : 'a format';
    },
  },
  'Anthropic, strict tools': {
    source:
      'https://platform.claude.com/docs/en/build-with-claude/structured-outputs#json-schema-limitations',
    keywords: [
      ...structure,
      ...annotations,
      'const',
      'allOf',
      '$ref',
      '$defs',
      'format',
      'pattern',
      'additionalProperties',
    ],
    leftOut: constraints,
    ofRoot: (root) =>
      isObject(root) ??
      (Object.keys(root.properties ?? {}).every((name) => /^[a-zA-Z0-9_.-]{1,64}$/.test(name))
        ? null
        : 'the name of a property'),
    ofNode: (node) =>
      isClosed(node) ??
      hasRegularPattern(node) ??
      (node.enum?.some((value) => typeof value === 'object' && value !== null) ? 'an enum of objects' : null),
  },
  'every other client': {
    source: 'what was seen to break others: Inspector --strict, Go and Java clients',
    ofNode: ({ type, pattern, ...bounds }) => {
      if (Array.isArray(type)) return 'several types';
      if (/\\[dDwWsSpPuk]/.test(pattern ?? '')) return `a class of characters by name, in ${pattern ?? ''}`;
      const large = Object.entries(bounds).find(
        ([, value]) => typeof value === 'number' && Math.abs(value) > 2 ** 31 - 1,
      );
      return large ? `${large[0]} ${String(large[1])} is beyond 32 bits` : null;
    },
  },
} as const satisfies Record<string, Dialect>;

export type DialectName = keyof typeof dialects;

/** What a dialect does not take of a schema, each with its place; empty if it takes all. */
export function refusals(name: DialectName, schema: SchemaNode): string[] {
  const dialect: Dialect = dialects[name];
  const { keywords, leftOut = [], ofRoot, ofNode } = dialect;
  const root = ofRoot?.(schema) ?? null;
  const known = keywords && new Set([...keywords, ...leftOut]);
  return [
    ...(root === null ? [] : [`#: ${root}`]),
    ...schemaNodes(schema).flatMap(({ path, node }) => {
      const unknown = Object.keys(node).filter((keyword) => known?.has(keyword) === false);
      const refused = ofNode?.(node) ?? null;
      return [...unknown, ...(refused === null ? [] : [refused])].map((what) => `${path}: ${what}`);
    }),
  ];
}
