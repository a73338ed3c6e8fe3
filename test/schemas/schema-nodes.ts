/** As much of JSON Schema as the rules read. */
export interface SchemaNode {
  [keyword: string]: unknown;
  type?: string | string[];
  pattern?: string;
  enum?: unknown[];
  anyOf?: SchemaNode[];
  properties?: Record<string, SchemaNode>;
  required?: string[];
}

export interface PlacedNode {
  /** Where it stands, as `#/properties/to/items`. */
  path: string;
  node: SchemaNode;
}

const listsOfSchemas = ['anyOf', 'oneOf', 'allOf', 'prefixItems'];
const mapsOfSchemas = ['properties', 'patternProperties', '$defs', 'definitions', 'dependentSchemas'];
const schemas = ['items', 'additionalProperties', 'not', 'if', 'then', 'else', 'contains', 'propertyNames'];

/** A schema and all schemas in it, wherever JSON Schema 2020-12 lets one stand. */
export function schemaNodes(node: SchemaNode, path = '#'): PlacedNode[] {
  const children = [
    ...listsOfSchemas.flatMap((keyword) => entriesOf(node[keyword], `${path}/${keyword}`)),
    ...mapsOfSchemas.flatMap((keyword) => entriesOf(node[keyword], `${path}/${keyword}`)),
    ...schemas.map((keyword): [string, unknown] => [`${path}/${keyword}`, node[keyword]]),
  ];
  return [
    { path, node },
    ...children.flatMap(([at, child]) => (isNode(child) ? schemaNodes(child, at) : [])),
  ];
}

function entriesOf(holder: unknown, path: string): [path: string, child: unknown][] {
  if (typeof holder !== 'object' || holder === null) return [];
  return Object.entries(holder).map(([key, child]) => [`${path}/${key}`, child]);
}

function isNode(value: unknown): value is SchemaNode {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
