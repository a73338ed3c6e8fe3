import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { hostileHeader, hostileKey, hostileSegment, wellFormed } from './hostile.js';
import { brokenValueOf, valueOf, type JsonSchema } from './schema-values.js';

interface Parameter {
  $ref?: string;
  name: string;
  in: 'path' | 'query' | 'header';
  schema: JsonSchema;
}

/** An operation of the document, as far as requests are made from it. */
export interface FuzzedOperation {
  name: string;
  method: string;
  path: string;
  parameters: Parameter[];
  body: JsonSchema | null;
}

export interface FuzzedRequest {
  method: string;
  path: string;
  headers: Record<string, string>;
  body: string | null;
  /** Whether nothing about it was meant to be wrong. */
  meantWell: boolean;
}

interface Document {
  paths: Record<
    string,
    Record<
      string,
      { parameters: Parameter[]; requestBody?: { content: Record<string, { schema: JsonSchema }> } }
    >
  >;
}

const { paths } = JSON.parse(readFileSync('docs/openapi.json', 'utf8')) as Document;

export const fuzzedOperations: FuzzedOperation[] = Object.entries(paths).flatMap(([path, operations]) =>
  Object.entries(operations).map(([verb, { parameters, requestBody }]) => ({
    name: `${verb.toUpperCase()} ${path}`,
    method: verb.toUpperCase(),
    path,
    // The tenant's header, the one reference there is, is made up for every request.
    parameters: parameters.filter(({ $ref }) => $ref === undefined),
    body: requestBody?.content['application/json']?.schema ?? null,
  })),
);

const json = { 'content-type': 'application/json' };

/** Requests to an operation; `ids` are such as there are, for the parameters of its path. */
export function requestsTo(
  operation: FuzzedOperation,
  ids: Record<string, readonly string[]>,
): fc.Arbitrary<FuzzedRequest> {
  return fc.boolean().chain((meantWell) =>
    fc
      .record({
        path: pathOf(operation, ids, meantWell),
        query: queryOf(operation, meantWell),
        headers: headersOf(operation, meantWell),
        body: bodyOf(operation, meantWell),
      })
      .map(({ path, query, headers, body }) => ({
        method: operation.method,
        path: path + (query === '' ? '' : `?${query}`),
        headers: { ...headers, ...body.headers },
        body: body.text,
        meantWell,
      })),
  );
}

function pathOf(
  { path, parameters }: FuzzedOperation,
  ids: Record<string, readonly string[]>,
  meantWell: boolean,
): fc.Arbitrary<string> {
  const filled = parameters
    .filter((parameter) => parameter.in === 'path')
    .map(({ name }) => {
      const there = fc.constantFrom(...(ids[name] ?? ['unknown']));
      const value = meantWell ? there : fc.oneof(there, fc.uuid(), hostileSegment);
      return value.map((segment): [string, string] => [`{${name}}`, segment]);
    });
  return fc
    .tuple(...filled)
    .map((segments) => segments.reduce((whole, [name, segment]) => whole.replace(name, () => segment), path));
}

function queryOf({ parameters }: FuzzedOperation, meantWell: boolean): fc.Arbitrary<string> {
  const declared = parameters.filter((parameter) => parameter.in === 'query');
  const pairs = declared.map(({ name, schema }) => {
    const good = valueOf(schema).map((value) => encodeURIComponent(wellFormed(String(value))));
    const value = meantWell ? good : fc.oneof(good, hostileSegment);
    return fc.option(value.map((text) => `${name}=${text}`));
  });
  const extra = meantWell
    ? fc.constant([])
    : fc.array(
        fc
          .tuple(
            fc.oneof(
              hostileKey,
              fc.constantFrom('limit', 'limit[]', 'cursor', ...declared.map(({ name }) => name)),
            ),
            hostileSegment,
          )
          .map(([name, value]) => `${encodeURIComponent(wellFormed(name))}=${value}`),
        { maxLength: 2 },
      );
  const query = fc
    .tuple(fc.tuple(...pairs), extra)
    .map(([given, more]) => [...given.filter((pair) => pair !== null), ...more].join('&'));
  // Of many filters that are well-formed, nearly always one fits nothing that is there.
  return meantWell ? fc.oneof({ weight: 4, arbitrary: query }, fc.constant('')) : query;
}

function headersOf(
  { parameters }: FuzzedOperation,
  meantWell: boolean,
): fc.Arbitrary<Record<string, string>> {
  if (meantWell) return fc.constant({});
  const names = [
    'x-evergrant-tenant',
    'x-request-id',
    ...parameters.filter((each) => each.in === 'header').map(({ name }) => name),
  ];
  const one = fc.tuple(fc.constantFrom(...names), hostileHeader);
  return fc.array(one, { maxLength: 1 }).map((pairs) => Object.fromEntries(pairs));
}

function bodyOf(
  { body, method }: FuzzedOperation,
  meantWell: boolean,
): fc.Arbitrary<{ text: string | null; headers: Record<string, string> }> {
  const none = fc.constant({ text: null, headers: {} });
  if (body === null) return method === 'GET' || meantWell ? none : fc.oneof(none, rawBody);
  const good = valueOf(body).map((value) => ({ text: JSON.stringify(value), headers: json }));
  const broken = brokenValueOf(body).map((value) => ({ text: JSON.stringify(value), headers: json }));
  return meantWell ? good : fc.oneof({ weight: 3, arbitrary: broken }, good, none, rawBody);
}

/** What is no JSON, or not called so. */
const rawBody = fc.oneof(
  fc
    .constantFrom(
      '{',
      '',
      'null',
      '[]',
      '{"name":"a","name":"b"}',
      '{"__proto__":{"operator":true}}',
      '\u0000',
      '"',
    )
    .map((text) => ({ text, headers: json })),
  fc
    .constantFrom(
      'text/plain',
      'application/x-www-form-urlencoded',
      'multipart/form-data',
      'application/xml',
      'x',
    )
    .map((type) => ({ text: 'name=x', headers: { 'content-type': type } })),
);
