import type { ChangePosition } from './change-position.js';

/** One changed row: an instance, a credential, a caller's key or token, or, where none is named, the tenant itself. */
export interface Change {
  position: ChangePosition;
  tenantId: string;
  instanceId: string | null;
  credentialId: string | null;
  callerId: string | null;
  kind: 'created' | 'updated' | 'deleted';
}

/** Whether the tenant itself was changed: suspended, resumed or deleted. */
export function isOfTenantItself({ instanceId, credentialId, callerId }: Change): boolean {
  return instanceId === null && credentialId === null && callerId === null;
}
