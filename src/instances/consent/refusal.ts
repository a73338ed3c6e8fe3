import type { ConnectOutcome } from '../connection/instance-connector.js';
import type { ConsentCourse } from './consent-ending.js';

/** Whether the grant of an outcome is turned away for good: not merely for now, or because it brought too little. */
const refusals = {
  connected: false,
  account_mismatch: true,
  account_unproven: false,
  refresh_token_missing: false,
  instance_deleted: true,
} as const satisfies Record<ConnectOutcome, boolean>;

/** Whether a consent ended such that the tokens it brought have no use. */
export function isRefusal(course: ConsentCourse): boolean {
  if (course.reached === 'connection') return refusals[course.outcome];
  return course.reached === 'scopes';
}
