import { StandardSchemaValidationPipe } from '@nestjs/common';
import { EvergrantError } from './evergrant-error.js';

interface Issue {
  readonly message: string;
  readonly path?: readonly (PropertyKey | { readonly key: PropertyKey })[] | undefined;
  readonly keys?: readonly string[];
}

/** Checks input against the schema its decorator names; the error names the field and repeats no value. */
export function validationPipe(): StandardSchemaValidationPipe {
  return new StandardSchemaValidationPipe({ exceptionFactory: (issues) => validationError(issues) });
}

function validationError(issues: readonly Issue[]): EvergrantError {
  const [issue] = issues;
  const path = issue?.path?.map((part) => String(typeof part === 'object' ? part.key : part)) ?? [];
  // A field that should not be there is named by zod beside the path.
  const field = [...path, ...(issue?.keys?.slice(0, 1) ?? [])].join('.');
  return new EvergrantError('VALIDATION_FAILED', {
    field: field === '' ? 'body' : field,
    message: issue === undefined ? undefined : `The request is not valid: ${issue.message}`,
  });
}
