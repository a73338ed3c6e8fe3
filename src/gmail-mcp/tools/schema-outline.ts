/** As much of JSON Schema as portable schemas of answers use. */
interface Schema {
  [keyword: string]: unknown;
  properties?: Record<string, Schema>;
}

/**
 * The schema of an answer as clients list it: the names of its fields, with their types where there is one. What is
 * within them, and which may be absent, is left out: every agent pays for the whole list before it has asked anything.
 * What conforms to the schema conforms to its outline.
 */
export function schemaOutline({ properties = {} }: Schema): Schema {
  const fields = Object.entries(properties).map(([name, { type }]) => [name, type ? { type } : {}] as const);
  return { type: 'object', properties: Object.fromEntries(fields) };
}
