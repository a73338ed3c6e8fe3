/** The endpoint as a program asks for it that reads the structure of results. */
export function structureUrl(mcpUrl: string | URL): URL {
  const url = new URL(mcpUrl);
  url.searchParams.set('answers', 'structure');
  return url;
}

/**
 * A structure with its texts out of their fences, as a program reads them.
 * @throws where a text has a fence and does not stand in it
 */
export function unfenced<Structure>(value: Structure): Structure {
  return withoutFences(value) as Structure;
}

function withoutFences(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutFences);
  if (typeof value !== 'object' || value === null) return value;
  const { fence, ...fields } = value as Record<string, unknown>;
  if (typeof fence !== 'string') return mapped(value);
  const text = String(fields.text);
  const [begin, end] = [`${fence} begin\n`, `\n${fence} end`];
  if (!text.startsWith(begin) || !text.endsWith(end)) throw new Error('A text is not in its fence');
  return mapped({ ...fields, text: text.slice(begin.length, -end.length) });
}

function mapped(fields: object): object {
  return Object.fromEntries(Object.entries(fields).map(([name, each]) => [name, withoutFences(each)]));
}
