import { createHash } from 'node:crypto';
import { googleVariables, type Sandbox } from '../sandbox/index.js';

export const operatorKey = 'operator-key-of-the-chaos-0123456789';
export const client = {
  clientId: '700000000007-chaos.apps.sandbox.test',
  clientSecret: 'chaos-client-secret',
};

export interface Addresses {
  port: number;
  databaseUrl: string;
  publicUrl: string;
  serviceUrl: string;
  provider: Sandbox['endpoints'];
}

/** What a process of that role is told, as in production. */
export function variablesOf(
  role: 'api' | 'oauth',
  caller: string,
  { port, databaseUrl, publicUrl, serviceUrl, provider }: Addresses,
): Record<string, string> {
  return {
    NODE_ENV: 'production',
    ROLES: role === 'api' ? 'api,refresher' : 'oauth',
    [role === 'api' ? 'PORT' : 'OAUTH_SERVICE_PORT']: String(port),
    LISTEN_HOST: 'localhost',
    DATABASE_URL: databaseUrl,
    PUBLIC_URL: publicUrl,
    OAUTH_SERVICE_URL: serviceUrl,
    OAUTH_SERVICE_TOKEN: 'service-token-of-the-chaos-0123456789',
    ADMIN_API_KEY: operatorKey,
    ENCRYPTION_KEYS: `k:${createHash('sha256').update('a master key of the chaos').digest('base64')}`,
    GOOGLE_CLIENT_ID: client.clientId,
    GOOGLE_CLIENT_SECRET: client.clientSecret,
    ...googleVariables(provider),
    // By the query the provider's ledger tells who asked.
    GOOGLE_TOKEN_URL: `${provider.tokenUrl}?caller=${caller}`,
    // Tokens that live for seconds, so that there is always a refresh under way.
    TOKEN_EXPIRY_BUFFER_SECONDS: '2',
    RATE_LIMIT_PER_MINUTE: '0',
    FORCED_REFRESH_LIMIT_PER_MINUTE: '0',
  };
}
