/** What has one canonical form; a member that is undefined is left out. */
export type Json = string | number | boolean | null | readonly Json[] | JsonObject;

export interface JsonObject {
  readonly [name: string]: Json | undefined;
}

/**
 * JSON in the one form that RFC 8785 (JSON Canonicalization Scheme) gives a value: no white space, members sorted by
 * the UTF-16 code units of their names, numbers and strings as ECMAScript writes them. Any implementation of that RFC
 * makes the same bytes of an exported event.
 * @throws RangeError for a number that JSON cannot hold
 */
export function canonicalJson(value: Json): string {
  if (Array.isArray(value)) return `[${value.map((item: Json) => canonicalJson(item)).join(',')}]`;
  if (typeof value === 'object' && value !== null) return canonicalObject(value as JsonObject);
  if (typeof value === 'number' && !Number.isFinite(value)) throw new RangeError('JSON holds no such number');
  return JSON.stringify(value);
}

function canonicalObject(object: JsonObject): string {
  const members = Object.keys(object)
    .sort()
    .flatMap((name) => {
      const value = object[name];
      return value === undefined ? [] : [`${JSON.stringify(name)}:${canonicalJson(value)}`];
    });
  return `{${members.join(',')}}`;
}

/** The same value with all text in it as PostgreSQL takes it and gives it back: no NUL, no half of a surrogate pair. */
export function storableJson(value: Json): Json {
  if (typeof value === 'string') return Buffer.from(value.replaceAll('\0', '\uFFFD')).toString();
  if (Array.isArray(value)) return value.map((item: Json) => storableJson(item));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, member]: [string, Json | undefined]) =>
      member === undefined ? [] : [[storableJson(name) as string, storableJson(member)]],
    ),
  );
}
