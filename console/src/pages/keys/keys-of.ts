/** Under which the keys of a tenant are kept. */
export function keysOf(tenantId: string): readonly unknown[] {
  return ['api-keys', tenantId];
}
