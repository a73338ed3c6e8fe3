import type { OpenAPIObject } from '@nestjs/swagger';
import { errorSchema, errorTable, type ErrorCode } from '../../src/errors/index.js';
import type { NamedSchemas } from './named-schemas.js';
import type { RouteHandler } from './route-handlers.js';

export type Responses = NonNullable<OpenAPIObject['paths'][string]['get']>['responses'];

/** What decides which errors a route can answer besides those that it declares. */
export interface RouteKind extends Pick<RouteHandler, 'access' | 'failures'> {
  hasQuery: boolean;
  /** Whether a body is read, though the route may want none. */
  readsBody: boolean;
}

function possibleFailures({ access, failures, hasQuery, readsBody }: RouteKind): ReadonlySet<ErrorCode> {
  return new Set<ErrorCode>([
    ...failures,
    ...(readsBody || hasQuery ? (['VALIDATION_FAILED'] as const) : []),
    ...(readsBody ? (['PAYLOAD_TOO_LARGE', 'UNSUPPORTED_MEDIA_TYPE'] as const) : []),
    // The tenant that a header names, or the instance in the path, may not be there.
    ...(access === 'open' ? [] : (['UNAUTHENTICATED', 'FORBIDDEN', 'NOT_FOUND', 'RATE_LIMITED'] as const)),
    'SERVICE_UNAVAILABLE',
    'UNKNOWN_ERROR',
  ]);
}

const retryAfter = {
  'Retry-After': { description: 'Seconds until a retry may succeed', schema: { type: 'integer' } },
};
const authenticate = {
  'WWW-Authenticate': { description: '`Bearer`, if the key is missing or wrong', schema: { type: 'string' } },
};
const headersByStatus: Readonly<Record<number, typeof retryAfter | typeof authenticate>> = {
  401: authenticate,
  429: retryAfter,
  503: retryAfter,
};

/** A route's responses for errors, by status, with an example for each code. */
export function errorResponses(kind: RouteKind, schemas: NamedSchemas): Responses {
  const schema = schemas.convert(errorSchema, 'output');
  const possible = possibleFailures(kind);
  const responses: Responses = {};
  // In the order of the table, whatever order they were declared in.
  const rows = Object.entries(errorTable).filter(([code]) => possible.has(code as ErrorCode));
  for (const status of new Set(rows.map(([, { httpStatus }]) => httpStatus))) {
    const codes = rows.filter(([, { httpStatus }]) => httpStatus === status);
    const headers = headersByStatus[status];
    responses[status] = {
      description: codes.map(([code, { message }]) => `\`${code}\`: ${message}`).join('\n\n'),
      ...(headers ? { headers } : {}),
      content: {
        'application/json': {
          schema,
          examples: Object.fromEntries(codes.map(([code]) => [code, exampleOf(code)])),
        },
      },
    };
  }
  return responses;
}

function exampleOf(code: string): object {
  return { $ref: `#/components/examples/${code}` };
}

/** One example for each code, as components. */
export const errorExamples = Object.fromEntries(
  Object.entries(errorTable).map(([errorCode, { message, requiresReauth }]) => [
    errorCode,
    { value: { error: message, instanceId: null, errorCode, requiresReauth } },
  ]),
);
