import { EvergrantError } from '../../errors/index.js';

/**
 * An id as a part of a path. Ids are base64url; anything else could lead the path elsewhere.
 * @throws EvergrantError `VALIDATION_FAILED` naming the field
 */
export function pathSegment(id: string, field: string): string {
  if (!/^[\w-]+$/.test(id))
    throw new EvergrantError('VALIDATION_FAILED', { field, message: `${field} is not a Gmail id` });
  return id;
}
