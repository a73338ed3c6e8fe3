const key = 'evergrant.tenant';

/** The id of the tenant that the operator works in, in this tab; null for the session's own. */
export function chosenTenant(): string | null {
  return sessionStorage.getItem(key);
}

export function chooseTenant(tenantId: string | null): void {
  if (tenantId === null) sessionStorage.removeItem(key);
  else sessionStorage.setItem(key, tenantId);
}
