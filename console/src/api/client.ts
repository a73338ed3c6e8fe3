import createClient from 'openapi-fetch';
import type { components, paths } from '../../../test/client/evergrant-api.js';
import { ApiError, apiErrorOf } from './api-error.js';
import { chosenTenant } from './tenant-choice.js';

export type Schemas = components['schemas'];

/** The public REST API, typed by our OpenAPI document; the session's cookie travels by itself. */
export const api = createClient<paths>({
  baseUrl: location.origin,
  credentials: 'same-origin',
  fetch: (request) => fetch(inTenant(request)),
});

/** In the tenant that the operator has chosen. */
function inTenant(request: Request): Request {
  const tenant = chosenTenant();
  if (tenant !== null) request.headers.set('x-evergrant-tenant', tenant);
  return request;
}

interface Answer<Data> {
  data?: Data;
  error?: unknown;
  response: Response;
}

/** What a call answered. @throws ApiError */
export async function answered<Data>(call: Promise<Answer<Data>>): Promise<NonNullable<Data>> {
  const { data } = await settled(call);
  if (data === undefined || data === null) throw new ApiError('UNKNOWN_ERROR', 'The answer was empty');
  return data;
}

/** For calls that answer nothing. @throws ApiError */
export async function done(call: Promise<Answer<unknown>>): Promise<void> {
  await settled(call);
}

async function settled<Data>(call: Promise<Answer<Data>>): Promise<Answer<Data>> {
  const answer = await call.catch((cause: unknown) => {
    throw new ApiError('UNREACHABLE', 'The request got no answer', undefined, { cause });
  });
  if (!answer.response.ok) throw apiErrorOf(answer.error, answer.response);
  return answer;
}
