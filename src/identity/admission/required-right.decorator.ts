import { SetMetadata } from '@nestjs/common';
import type { ApiCaller } from '../holders/api-principal.js';
import type { ApiRight } from '../holders/api-right.js';

/** What a route asks of its callers. */
type Requirement = ApiRight | 'operator' | 'any';

export const requirementKey = 'evergrant:requirement';

/** The route is for callers with this right. On a handler it outweighs the controller's. */
export function RequireRight(right: ApiRight) {
  return SetMetadata<string, Requirement>(requirementKey, right);
}

/** The route is for the operator. */
export function OperatorOnly() {
  return SetMetadata<string, Requirement>(requirementKey, 'operator');
}

/** The route is for every caller whom we know. */
export function AnyCaller() {
  return SetMetadata<string, Requirement>(requirementKey, 'any');
}

/**
 * A route that declares nothing is closed to every caller. Of a connect session it was decided what it may do when it
 * was let in (`isForConnectSession`); it has no rights, so that nothing but this opens a route to it.
 */
export function mayCall(caller: ApiCaller, requirement: unknown, admitsConnectSessions = false): boolean {
  if (caller.connectSession !== undefined) return admitsConnectSessions;
  if (requirement === 'any') return true;
  if (requirement === 'operator') return caller.operator;
  return caller.rights.has(requirement as ApiRight);
}
