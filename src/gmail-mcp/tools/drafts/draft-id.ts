import { EvergrantError } from '../../../errors/index.js';
import { gmailId } from '../gmail-id.js';

/** The argument of a tool that is about one draft. */
export const draftIdField = gmailId('draft');

/** What Gmail says of a draft that it does not know, with the argument: it was sent, deleted, or its message's id was given. */
export function namingDraft(error: unknown): unknown {
  return isGone(error) ? noSuchDraft(error) : error;
}

export function isGone(error: unknown): error is EvergrantError {
  return error instanceof EvergrantError && error.code === 'NOT_FOUND';
}

export function noSuchDraft(cause?: EvergrantError): EvergrantError {
  const message =
    'There is no draft with the id in "draftId" (any more): it may have been sent or deleted. list_drafts tells the ids';
  return new EvergrantError('NOT_FOUND', { field: 'draftId', message, cause });
}
