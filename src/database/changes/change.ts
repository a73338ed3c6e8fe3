import type { ChangePosition } from './change-position.js';

/**
 * One changed row: an instance, a credential, a caller's key or token, what is in a watched mailbox, or, where none is
 * named, the tenant itself.
 */
export interface Change {
  position: ChangePosition;
  tenantId: string;
  instanceId: string | null;
  credentialId: string | null;
  callerId: string | null;
  /** The instance whose mailbox has changed; nothing of the instance itself has. */
  watchedInstanceId: string | null;
  kind: 'created' | 'updated' | 'deleted';
}

/** Whether the tenant itself was changed: suspended, resumed or deleted. */
export function isOfTenantItself(change: Change): boolean {
  const { instanceId, credentialId, callerId, watchedInstanceId } = change;
  return [instanceId, credentialId, callerId, watchedInstanceId].every((id) => id === null);
}
