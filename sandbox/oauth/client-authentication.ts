import type { Clients } from '../state/clients.js';
import type { Client } from '../state/sandbox-state.js';
import { OAuthError } from './oauth-error.js';
import type { Parameters } from './parameters.js';

interface Presented {
  clientId: string;
  clientSecret: string | undefined;
}

/** RFC 6749 section 2.3.1: id and secret are form-encoded before they are joined. */
function readBasic(header: string): Presented | undefined {
  const encoded = /^Basic ([\w+/=-]+)$/i.exec(header)?.[1];
  if (encoded === undefined) return undefined;
  const [clientId = '', clientSecret] = Buffer.from(encoded, 'base64')
    .toString()
    .split(':', 2)
    .map((part) => new URLSearchParams(`value=${part}`).get('value') ?? '');
  return { clientId, clientSecret };
}

/** The client that a token request names, by its header or its body; not yet believed. */
export function namedClientId(header: string | undefined, parameters: Parameters): string | null {
  return (
    (header === undefined ? undefined : readBasic(header)?.clientId) ?? parameters.get('client_id') ?? null
  );
}

/**
 * Authenticates the client by client_secret_basic or client_secret_post.
 * @throws OAuthError `invalid_client` (401) for an unknown client or a wrong secret, `invalid_request` for both
 * methods at once (RFC 6749 section 2.3).
 */
export function authenticateClient(
  header: string | undefined,
  parameters: Parameters,
  clients: Clients,
): Client {
  const basic = header === undefined ? undefined : readBasic(header);
  if (basic !== undefined && parameters.has('client_secret')) {
    throw new OAuthError(400, 'invalid_request', 'Client credentials must be sent in one way only.');
  }
  const clientId = basic?.clientId ?? parameters.get('client_id');
  const clientSecret = basic?.clientSecret ?? parameters.get('client_secret');
  if (clientId === undefined) {
    throw new OAuthError(400, 'invalid_request', 'Could not determine client ID from request.');
  }
  const client = clients.find(clientId);
  if (client === undefined) throw new OAuthError(401, 'invalid_client', 'The OAuth client was not found.');
  if (client.clientSecret !== clientSecret) throw new OAuthError(401, 'invalid_client', 'Unauthorized');
  return client;
}
