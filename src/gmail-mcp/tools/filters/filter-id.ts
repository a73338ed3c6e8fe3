import { EvergrantError } from '../../../errors/index.js';
import { gmailId } from '../gmail-id.js';

/** The argument of a tool that is about one filter. */
export const filterIdField = gmailId('filter');

/** What Gmail says of a filter that it does not know, with the argument. */
export function namingFilter(error: unknown): unknown {
  if (!(error instanceof EvergrantError) || error.code !== 'NOT_FOUND') return error;
  const message = 'There is no filter with the id in "filterId" (any more): list_filters tells the ids';
  return new EvergrantError('NOT_FOUND', { field: 'filterId', message, cause: error });
}
