import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { Household } from './two-tenants.js';

/** A route of the document, with what a request to it needs. */
export interface Operation {
  name: string;
  method: string;
  path: string;
  body: unknown;
}

/** Bodies that would do harm, if they were taken. */
const bodies: Readonly<Record<string, () => unknown>> = {
  'POST /api/connect-sessions': () => ({}),
  'POST /api/instances': () => ({ name: 'Mine' }),
  'PATCH /api/instances/{id}': () => ({ name: 'Taken over' }),
  'PUT /api/instances/{id}/credentials': () => ({ refreshToken: '1//foreign' }),
  'POST /api/instances/{id}/mcp-tokens': () => ({ name: 'Mine' }),
  'POST /api/instances/{id}/refresh': () => ({}),
  'POST /api/instances/{id}/start-oauth': () => ({}),
  'POST /api/setup/checks': () => ({}),
  'POST /api/tenants': () => ({ name: randomUUID() }),
  'PATCH /api/tenants/{id}': () => ({ suspended: true }),
  'POST /api/tenants/{id}/api-keys': () => ({ name: 'Mine' }),
  'POST /api/approvals/{id}': () => ({ decision: 'approve' }),
  'POST /api/webhooks': () => ({ url: 'http://127.0.0.1:9/' }),
  'PATCH /api/webhooks/{id}': () => ({ enabled: false }),
  'POST /api/webhooks/{id}/secrets': () => ({}),
  'PUT /api/policy': () => ({ newRecipients: 'allow' }),
};

/** Every operation that needs to know who calls; the document is complete, as a test of its own shows. */
export function guardedOperations(): Operation[] {
  const { paths } = JSON.parse(readFileSync('docs/openapi.json', 'utf8')) as {
    paths: Record<string, Record<string, { security: unknown[]; requestBody?: unknown }>>;
  };
  return Object.entries(paths).flatMap(([path, operations]) =>
    Object.entries(operations)
      .filter(([, { security }]) => security.length > 0)
      .map(([verb, { requestBody }]) => {
        const name = `${verb.toUpperCase()} ${path}`;
        const body = bodies[name];
        if (requestBody !== undefined && !body) throw new Error(`There is no body for ${name}`);
        return { name, method: verb.toUpperCase(), path, body };
      }),
  );
}

/** The path to what belongs to this tenant. */
export function pathTo({ path }: Operation, owner: Household): string {
  return path
    .replace('{id}', idIn(path, owner))
    .replace('{tokenId}', owner.mcpTokenId)
    .replace('{deliveryId}', owner.deliveryId)
    .replace('{authorizationId}', owner.authorizationId)
    .replace('{keyId}', owner.apiKeyId);
}

function idIn(path: string, { tenantId, instance, approvalId, personId, webhookId }: Household): string {
  if (path.startsWith('/api/tenants')) return tenantId;
  if (path.startsWith('/api/people')) return personId;
  if (path.startsWith('/api/webhooks')) return webhookId;
  return path.startsWith('/api/approvals') ? approvalId : instance.id;
}

/** The path to what is not there. */
export function pathToNothing({ path }: Operation): string {
  return path.replaceAll(/\{\w+\}/g, () => randomUUID());
}
