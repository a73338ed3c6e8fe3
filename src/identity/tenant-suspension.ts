import { EvergrantError } from '../errors/index.js';

const details = {
  reason: 'tenant_suspended',
  message: 'This tenant is suspended - the operator of this deployment can resume it',
};

/** In SQL, whether the tenant with this id is suspended; false for null. */
export function isSuspended(tenantId: string): string {
  return `EXISTS (SELECT FROM tenants WHERE tenants.id = ${tenantId} AND tenants.suspended_at IS NOT NULL)`;
}

/** Refuses a tenant's key or session, which are good, while the tenant is suspended. */
export function tenantSuspended(): EvergrantError {
  return new EvergrantError('FORBIDDEN', details);
}

/** The same of its MCP tokens: at that endpoint 401 is all that a token can be answered. */
export function tokenOfSuspendedTenant(): EvergrantError {
  return new EvergrantError('UNAUTHENTICATED', details);
}
