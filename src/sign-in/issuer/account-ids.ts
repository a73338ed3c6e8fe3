import type { PersonKey } from '../../identity/index.js';

/** How oidc-provider knows a person, and an ID token names one. */
export function accountIdOf({ tenantId, personId }: PersonKey): string {
  return `${tenantId}.${personId}`;
}

/** @returns null for what is no such id */
export function personOf(accountId: string): PersonKey | null {
  const [tenantId, personId, ...rest] = accountId.split('.');
  return tenantId === undefined || personId === undefined || rest.length > 0 ? null : { tenantId, personId };
}
