import type { ChangeName } from '../../audit/index.js';
import type { ApiPrincipal } from '../holders/api-principal.js';

export const auditedKey = 'evergrant:audited';

/** The event that a route records when it has succeeded. */
export interface AuditedRoute<Answer = unknown> {
  event: ChangeName;
  /** The id of what it is about; null where nothing was changed. */
  subjectOf: (
    answer: Answer,
    parameters: Record<string, string>,
    caller: ApiPrincipal,
  ) => string | null | undefined;
}
