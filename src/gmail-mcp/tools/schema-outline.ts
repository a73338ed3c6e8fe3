/** As much of JSON Schema as portable schemas of answers use. */
interface Schema {
  [keyword: string]: unknown;
  properties?: Record<string, Schema>;
}

/**
 * The schema of an answer as clients list it: its fields of one type. What is within them, which may be absent, and
 * those of several types are left out: every agent pays for the whole list before it has asked anything, and strict
 * clients warn of a field that may be anything. What conforms to the schema conforms to its outline.
 */
export function schemaOutline({ properties = {} }: Schema): Schema {
  const fields = Object.entries(properties).flatMap(([name, { type }]) =>
    type === undefined ? [] : [[name, { type }] as const],
  );
  return { type: 'object', properties: Object.fromEntries(fields) };
}
