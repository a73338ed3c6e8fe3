import type { Change } from '../../database/index.js';

interface ListenRequest {
  method: 'subscriptions/listen';
  params: { notifications: { resourceSubscriptions: unknown[] } };
}

/** Whether a body asks to be told of updates of resources (revision 2026-07-28); its form is the SDK's to judge. */
export function listensToResources(body: unknown): body is ListenRequest {
  const { method, params } = (body ?? {}) as { method?: unknown; params?: unknown };
  if (method !== 'subscriptions/listen') return false;
  const { notifications } = (params ?? {}) as { notifications?: unknown };
  const { resourceSubscriptions } = (notifications ?? {}) as { resourceSubscriptions?: unknown };
  return Array.isArray(resourceSubscriptions);
}

/** The same request, for these resources only. */
export function listeningTo(request: ListenRequest, uris: readonly string[]): ListenRequest {
  const { params } = request;
  const notifications = { ...params.notifications, resourceSubscriptions: [...uris] };
  return { ...request, params: { ...params, notifications } };
}

/** What decides whether a client may go on listening. */
export interface Concerned {
  tenantId: string;
  instanceIds: readonly string[];
  /** A token, and the person whose it is. */
  callerIds: readonly string[];
}

/** Whether a change may be one of who may listen: of a caller, an instance or the tenant. */
export function isOfAdmission(change: Change, { tenantId, instanceIds, callerIds }: Concerned): boolean {
  const { instanceId, callerId } = change;
  if (change.tenantId !== tenantId || change.credentialId !== null || change.watchedInstanceId !== null)
    return false;
  // Where neither is named it is the tenant itself.
  return (
    (instanceId === null || instanceIds.includes(instanceId)) &&
    (callerId === null || callerIds.includes(callerId))
  );
}
