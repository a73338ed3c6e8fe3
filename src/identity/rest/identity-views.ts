import { z } from 'zod';
import { pageView } from '../../openapi/index.js';
import type { IssuedApiKey, StoredApiKey } from '../holders/api-keys.js';
import type { ApiPrincipal } from '../holders/api-principal.js';
import { apiRights } from '../holders/api-right.js';
import type { StoredTenant } from '../holders/tenants.js';
import { tenantPolicyView } from '../policies/outbound-policy.js';

/** What callers see: these fields and no other. */
export const tenantView = z
  .object({
    id: z.guid(),
    name: z.string(),
    suspended: z.boolean().describe('Whether all that acts for it is refused; its grants are kept'),
    policy: tenantPolicyView
      .nullable()
      .describe('What may leave its mailboxes; null where the defaults hold'),
    createdAt: z.date(),
  })
  .meta({ id: 'Tenant', description: 'An organisation or team; nothing of it is visible to another' });
export const tenantPageView = pageView(tenantView).meta({ id: 'TenantPage' });
export const createdTenantView = tenantView
  .extend({
    apiKey: z.string().describe('Its first API key, shown this once'),
    apiKeyExpiresAt: z.date().nullable().describe('When that key ends'),
  })
  .meta({ id: 'CreatedTenant' });
export const apiKeyView = z
  .object({
    id: z.guid(),
    name: z.string(),
    prefix: z.string().describe('How the key begins'),
    rights: z.array(z.string()),
    createdAt: z.date(),
    lastUsedAt: z.date().nullable().describe('To the minute'),
    expiresAt: z.date().nullable(),
  })
  .meta({ id: 'ApiKey', description: 'An API key of a tenant, without the key itself' });
export const apiKeyPageView = pageView(apiKeyView).meta({ id: 'ApiKeyPage' });
export const createdApiKeyView = apiKeyView
  .extend({ apiKey: z.string().describe('The key, shown this once') })
  .meta({ id: 'CreatedApiKey' });
export const sessionView = z
  .object({
    operator: z.boolean().describe('Whether this is the operator of the deployment'),
    tenantId: z.guid().describe('The tenant that requests act in'),
    tenantName: z.string(),
    rights: z.array(z.enum(apiRights)),
    expiresAt: z.date().nullable().describe('When the session or key ends, if it does'),
  })
  .meta({ id: 'Session', description: 'Who one is' });

export type TenantView = z.output<typeof tenantView>;
export type CreatedTenantView = z.output<typeof createdTenantView>;
export type ApiKeyView = z.output<typeof apiKeyView>;
export type CreatedApiKeyView = z.output<typeof createdApiKeyView>;
export type SessionView = z.output<typeof sessionView>;

export function viewTenant(tenant: StoredTenant): TenantView {
  return tenantView.parse(tenant);
}

export function viewCreatedTenant(tenant: CreatedTenantView): CreatedTenantView {
  return createdTenantView.parse(tenant);
}

export function viewApiKey(key: StoredApiKey): ApiKeyView {
  return apiKeyView.parse(key);
}

export function viewCreatedApiKey(key: IssuedApiKey): CreatedApiKeyView {
  return createdApiKeyView.parse(key);
}

export function viewSession(principal: ApiPrincipal, tenantName: string): SessionView {
  return sessionView.parse({ ...principal, tenantName, rights: [...principal.rights] });
}
