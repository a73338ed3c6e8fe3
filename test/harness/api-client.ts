import createClient, { type Client } from 'openapi-fetch';
import type { paths } from '../client/evergrant-api.js';

/** A typed client of the REST API, generated from the OpenAPI document as by any user of the API. */
export type ApiClient = Client<paths>;

export function apiClient(
  baseUrl: string,
  apiKey: string,
  fetch: (request: Request) => Promise<Response>,
): ApiClient {
  return createClient<paths>({ baseUrl, fetch, headers: { authorization: `Bearer ${apiKey}` } });
}
