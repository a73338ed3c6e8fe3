import { z } from 'zod';
import { storedText } from '../../database/index.js';
import { apiRights, defaultRights } from '../holders/api-right.js';

const name = storedText(200);

/** An instant that must name its offset; absent or null means never. */
const expiresAt = z.iso
  .datetime({ offset: true })
  .transform((text) => new Date(text))
  .nullable()
  .default(null);

export const tenantInput = z.strictObject({
  // `X-Evergrant-Tenant` takes a name or an id, so a name must not look like an id.
  name: name.refine((given) => !z.guid().safeParse(given).success, 'must not be a UUID'),
});
export type TenantInput = z.output<typeof tenantInput>;

export const apiKeyInput = z.strictObject({
  name,
  rights: z
    .array(z.enum(apiRights))
    .min(1)
    .default([...defaultRights])
    .transform((given) => apiRights.filter((right) => given.includes(right))),
  expiresAt,
});
export type ApiKeyInput = z.output<typeof apiKeyInput>;

export const mcpTokenInput = z.strictObject({ name: name.nullable().default(null), expiresAt }).prefault({});
export type McpTokenInput = z.output<typeof mcpTokenInput>;

export const sessionInput = z.strictObject({ apiKey: z.string().min(1).max(500) });
export type SessionInput = z.output<typeof sessionInput>;
