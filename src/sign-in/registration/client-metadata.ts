import { z } from 'zod';
import { usableRedirectUris } from './redirect-uris.js';

/** What of a client's metadata (RFC 7591, section 2) means something here. */
export interface ClientMetadataRead {
  redirect_uris: string[];
  token_endpoint_auth_method: ClientAuthMethod;
  grant_types: string[];
  response_types: string[];
  /** Native, whatever a client says: `web` refuses custom schemes and ports that change (RFC 8252, section 7.3). */
  application_type: 'native';
  client_name?: string | undefined;
  client_uri?: string | undefined;
  jwks?: unknown;
  jwks_uri?: string | undefined;
}

export const clientAuthMethods = [
  'none',
  'client_secret_basic',
  'client_secret_post',
  'private_key_jwt',
] as const;
type ClientAuthMethod = (typeof clientAuthMethods)[number];

const longestName = 100;

const readable = z.object({
  redirect_uris: z.unknown(),
  token_endpoint_auth_method: z.enum(clientAuthMethods).optional().catch(undefined),
  client_name: z.string().optional().catch(undefined),
  client_uri: z.string().max(2_000).optional().catch(undefined),
  jwks: z
    .looseObject({ keys: z.array(z.looseObject({})).max(10) })
    .optional()
    .catch(undefined),
  jwks_uri: z.string().max(2_000).optional().catch(undefined),
});

/**
 * Reads metadata as clients really send it: what is not understood, or not well formed, is left out rather than
 * refused, `scope` for one, which some clients fill with what other servers know (mcp-remote).
 * @returns null where no redirect URI can be used
 */
export function readClientMetadata(
  given: unknown,
  defaultAuthMethod: ClientAuthMethod,
): ClientMetadataRead | null {
  const read = readable.safeParse(given);
  if (!read.success) return null;
  const { redirect_uris, client_name, client_uri, jwks, jwks_uri, token_endpoint_auth_method } = read.data;
  const uris = usableRedirectUris(redirect_uris);
  if (uris.length === 0) return null;
  const method = token_endpoint_auth_method ?? defaultAuthMethod;
  const name = client_name === undefined ? '' : shownName(client_name);
  return {
    redirect_uris: uris,
    token_endpoint_auth_method: method,
    grant_types: ['authorization_code', 'refresh_token'],
    response_types: ['code'],
    application_type: 'native',
    ...(name === '' ? {} : { client_name: name }),
    ...(isHttps(client_uri) ? { client_uri } : {}),
    ...(method === 'private_key_jwt' ? keysOf(jwks, jwks_uri) : {}),
  };
}

/** On one line, without characters that turn or hide what stands beside them. */
function shownName(name: string): string {
  return name
    .replaceAll(/[\p{C}\p{Z}]+/gu, ' ')
    .trim()
    .slice(0, longestName);
}

function keysOf(jwks: unknown, jwksUri: string | undefined): Pick<ClientMetadataRead, 'jwks' | 'jwks_uri'> {
  if (jwks !== undefined) return { jwks };
  return isHttps(jwksUri) ? { jwks_uri: jwksUri } : {};
}

function isHttps(url: string | undefined): boolean {
  return url !== undefined && URL.canParse(url) && new URL(url).protocol === 'https:';
}
