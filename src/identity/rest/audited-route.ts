import type { ChangeName } from '../../audit/index.js';

export const auditedKey = 'evergrant:audited';

/** The event that a route records when it has succeeded. */
export interface AuditedRoute<Answer = unknown> {
  event: ChangeName;
  /** The id of what it is about; null where nothing was changed. */
  subjectOf: (answer: Answer, parameters: Record<string, string>) => string | null | undefined;
}
