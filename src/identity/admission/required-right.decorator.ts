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

/** A route that declares nothing is closed to every caller. */
export function mayCall(caller: ApiCaller, requirement: unknown): boolean {
  if (requirement === 'any') return true;
  if (requirement === 'operator') return caller.operator;
  return caller.rights.has(requirement as ApiRight);
}
