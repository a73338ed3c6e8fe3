import { z } from 'zod';
import type { Page } from '../database/index.js';
import type { IssuedApiKey, StoredApiKey } from './api-keys.js';
import type { ApiPrincipal } from './api-principal.js';
import { apiRights } from './api-right.js';
import type { StoredTenant } from './tenants.js';

/** What callers see: these fields and no other. */
const tenantView = z.object({ id: z.guid(), name: z.string(), createdAt: z.date() });
const createdTenantView = tenantView.extend({ apiKey: z.string() });
const apiKeyView = z.object({
  id: z.guid(),
  name: z.string(),
  prefix: z.string(),
  rights: z.array(z.string()),
  createdAt: z.date(),
  lastUsedAt: z.date().nullable(),
  expiresAt: z.date().nullable(),
});
const createdApiKeyView = apiKeyView.extend({ apiKey: z.string() });
const sessionView = z.object({
  operator: z.boolean(),
  tenantId: z.guid(),
  tenantName: z.string(),
  rights: z.array(z.enum(apiRights)),
  expiresAt: z.date().nullable(),
});

export type TenantView = z.output<typeof tenantView>;
export type CreatedTenantView = z.output<typeof createdTenantView>;
export type ApiKeyView = z.output<typeof apiKeyView>;
export type CreatedApiKeyView = z.output<typeof createdApiKeyView>;
export type SessionView = z.output<typeof sessionView>;

export const viewTenant = (tenant: StoredTenant): TenantView => tenantView.parse(tenant);
export const viewCreatedTenant = (tenant: CreatedTenantView): CreatedTenantView =>
  createdTenantView.parse(tenant);
export const viewApiKey = (key: StoredApiKey): ApiKeyView => apiKeyView.parse(key);
export const viewCreatedApiKey = (key: IssuedApiKey): CreatedApiKeyView => createdApiKeyView.parse(key);

export function viewSession(principal: ApiPrincipal, tenantName: string): SessionView {
  return sessionView.parse({ ...principal, tenantName, rights: [...principal.rights] });
}

export function viewPage<Item, View>(
  { items, nextCursor }: Page<Item>,
  view: (item: Item) => View,
): Page<View> {
  return { items: items.map(view), nextCursor };
}
