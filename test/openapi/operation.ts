import { STATUS_CODES } from 'node:http';
import type { OpenAPIObject } from '@nestjs/swagger';
import type { Access, MediaAnswer, RouteAnswer } from '../../src/openapi/index.js';
import { errorResponses } from './error-responses.js';
import type { NamedSchemas } from './named-schemas.js';
import type { RouteHandler } from './route-handlers.js';

export type Operation = NonNullable<OpenAPIObject['paths'][string]['get']>;

const securityByAccess: Readonly<Record<Access, Record<string, string[]>[]>> = {
  open: [],
  key: [{ apiKey: [] }],
  'key-or-session': [{ apiKey: [] }, { session: [] }],
  'key-session-or-connect-session': [{ apiKey: [] }, { session: [] }, { connectSession: [] }],
};

const tenantParameter = { $ref: '#/components/parameters/Tenant' };

/** An operation as @nestjs/swagger found it, completed by what the route's decorators tell. */
export function describedOperation(
  found: Operation,
  { method, path }: { method: string; path: string },
  handler: RouteHandler,
  schemas: NamedSchemas,
): Operation {
  const { requestBody, parameters = [] } = found;
  const hasQuery = parameters.some((parameter) => 'in' in parameter && parameter.in === 'query');
  const kind = { ...handler, hasQuery, readsBody: method !== 'get' };
  const responses: Operation['responses'] = errorResponses(kind, schemas);
  for (const [status, answer] of Object.entries(handler.answers)) {
    responses[status] = besidePage(responses[status], response(Number(status), answer, schemas));
  }
  return {
    operationId: operationId(found.operationId ?? ''),
    ...(handler.summary === undefined ? {} : { summary: handler.summary }),
    ...(handler.description === undefined ? {} : { description: handler.description }),
    tags: [tag(path)],
    security: securityByAccess[handler.access],
    parameters: [
      ...parameters.map(withOptionalHeader),
      ...(handler.access === 'open' ? [] : [tenantParameter]),
    ],
    ...(requestBody && { requestBody: withRequired(requestBody) }),
    responses,
  };
}

type Response = NonNullable<Operation['responses'][string]>;

/** A route that refuses with a page still answers in JSON what is refused before it is reached. */
function besidePage(error: Response | undefined, answer: Response): Response {
  if (!('content' in answer) || error === undefined || !('content' in error)) return answer;
  if (answer.content['text/html'] === undefined) return answer;
  return { ...error, ...answer, content: { ...error.content, ...answer.content } };
}

/** `InstancesController_create` becomes `instancesCreate`. */
function operationId(found: string): string {
  const [, controller = '', method = ''] = /^(\w+?)Controller_(\w+)$/.exec(found) ?? [];
  return `${controller.charAt(0).toLowerCase()}${controller.slice(1)}${method.charAt(0).toUpperCase()}${method.slice(1)}`;
}

/** The first word of the path that says what it is about. */
function tag(path: string): string {
  return /^\/(?:api\/)?([\w-]+)/.exec(path)?.[1] ?? '';
}

/** @nestjs/swagger calls every header required; ours never are. */
function withOptionalHeader(parameter: NonNullable<Operation['parameters']>[number]) {
  return 'in' in parameter && parameter.in === 'header' ? { ...parameter, required: false } : parameter;
}

/** @nestjs/swagger calls every body required; one that has a default may be left out. */
function withRequired(
  requestBody: NonNullable<Operation['requestBody']>,
): NonNullable<Operation['requestBody']> {
  if (!('content' in requestBody)) return requestBody;
  const schema = requestBody.content['application/json']?.schema ?? {};
  return { required: !('default' in schema), content: requestBody.content };
}

function media({ schema }: MediaAnswer, schemas: NamedSchemas): object {
  return schema === undefined ? {} : { schema: schemas.convert(schema, 'output') };
}

function response(status: number, answer: RouteAnswer, schemas: NamedSchemas): Response {
  if (typeof answer === 'string') return { description: answer };
  if ('mediaType' in answer) {
    return { description: answer.description, content: { [answer.mediaType]: media(answer, schemas) } };
  }
  return {
    description: answer.description ?? STATUS_CODES[status] ?? '',
    content: { 'application/json': { schema: schemas.convert(answer, 'output') } },
  };
}
