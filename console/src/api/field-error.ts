import { ApiError } from './api-error.js';

/** What the server has against a field, to stand beside it; of a list or an object, against anything in it. */
export function fieldError(error: Error | null, field: string): string | undefined {
  return error instanceof ApiError && isWithin(error, field) ? error.message : undefined;
}

/** Whether an error stands beside one of these fields already. */
export function isAtField(error: Error | null, fields: readonly string[]): boolean {
  return error instanceof ApiError && fields.some((field) => isWithin(error, field));
}

function isWithin({ facts: { field } }: ApiError, outer: string): boolean {
  return (
    field !== null && (field === outer || field.startsWith(`${outer}.`) || field.startsWith(`${outer}[`))
  );
}
