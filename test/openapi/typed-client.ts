import createClient from 'openapi-fetch';
import type { components, paths } from '../client/evergrant-api.js';

// What a user of the API writes; `typed-client.e2e-spec.ts` compiles it, and nothing runs it.

const client = createClient<paths>({ baseUrl: 'http://localhost:3000' });

/** The token of a new instance; undefined for one that was there. */
export async function mcpToken(name: string, externalId: string): Promise<string | undefined> {
  const { data } = await client.POST('/api/instances', { body: { name, externalId } });
  return data?.mcpToken;
}

/** Who has to sign in, and why. */
export async function waiting(email: string): Promise<[string | null, string | null][]> {
  const query = { requiresReauth: 'true', email, externalId: 'crm-17' } as const;
  const { data } = await client.GET('/api/instances', { params: { query } });
  return (data?.items ?? []).map((instance) => [instance.email, instance.reauthReason]);
}

export async function deleteInstance(id: string): Promise<number> {
  const params = { path: { id }, query: { revoke: 'true' } } as const;
  const { response, error } = await client.DELETE('/api/instances/{id}', { params });
  if (error?.errorCode === 'METHOD_NOT_ALLOWED') throw new Error(error.error);
  return response.status;
}

/** What an event says; the compiler knows its data by its name. */
export function toldBy(event: components['schemas']['LiveEvent']): string {
  switch (event.event) {
    case 'instance':
      return `${event.data.name}: ${event.data.oauthStatus}`;
    case 'instance-deleted':
      return event.data.id;
    case 'reset':
      return event.id;
  }
}
