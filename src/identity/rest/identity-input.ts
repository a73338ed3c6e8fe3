import { z } from 'zod';
import { storedText } from '../../database/index.js';
import type { RequestedExpiry } from '../expiry/expiry.js';
import { apiRights, defaultRights } from '../holders/api-right.js';
import { tenantPolicy } from '../policies/outbound-policy.js';

const name = storedText(200);

const longestLifeSeconds = 315_360_000;

/** When a key or token is to end; the instant must name its offset. */
export const expiryFields = {
  expiresAt: z.iso
    .datetime({ offset: true })
    .transform((text) => new Date(text))
    .nullable()
    .optional()
    .describe('When it ends; `null` for never. Left out, as long from now as the deployment says'),
  expiresInSeconds: z
    .int()
    .min(1)
    .max(longestLifeSeconds)
    .optional()
    .describe('When it ends, counted from now; instead of `expiresAt`'),
};

/** For `refine`: of {@link expiryFields} one is given at most. */
export const hasOneExpiry = [
  ({ expiresAt, expiresInSeconds }: RequestedExpiry): boolean =>
    expiresAt === undefined || expiresInSeconds === undefined,
  { path: ['expiresInSeconds'], error: 'expiresAt and expiresInSeconds exclude each other' },
] satisfies Parameters<z.ZodType<RequestedExpiry>['refine']>;

export const tenantInput = z.strictObject({
  // `X-Evergrant-Tenant` takes a name or an id, so a name must not look like an id.
  name: name.refine((given) => !z.guid().safeParse(given).success, 'must not be a UUID'),
});
export type TenantInput = z.output<typeof tenantInput>;

export const tenantPatch = z
  .strictObject({
    suspended: z.boolean().optional(),
    policy: tenantPolicy.nullable().optional().describe('The whole policy; null for the defaults'),
  })
  .refine((patch) => Object.keys(patch).length > 0, 'names nothing to change');
export type TenantPatch = z.output<typeof tenantPatch>;

export const apiKeyInput = z
  .strictObject({
    name,
    rights: z
      .array(z.enum(apiRights))
      .min(1)
      .default([...defaultRights])
      .transform((given) => apiRights.filter((right) => given.includes(right))),
    ...expiryFields,
  })
  .refine(...hasOneExpiry);
export type ApiKeyInput = z.output<typeof apiKeyInput>;

const secret = z.string().min(1).max(500);
export const sessionInput = z
  .strictObject({
    apiKey: secret.optional(),
    code: secret.optional().describe('Of the one-time link that a first run prints; instead of `apiKey`'),
  })
  .refine(({ apiKey, code }) => (apiKey === undefined) !== (code === undefined), {
    path: ['apiKey'],
    error: 'give either apiKey or code',
  });
export type SessionInput = z.output<typeof sessionInput>;
