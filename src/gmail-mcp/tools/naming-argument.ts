import { EvergrantError } from '../../errors/index.js';

/** Gmail's 400 does not say which of its parameters it dislikes; of a search only query and page token reach it unchecked. */
export function namingArgument(error: unknown, field: string): unknown {
  if (!(error instanceof EvergrantError) || error.code !== 'VALIDATION_FAILED') return error;
  const message = `Gmail did not accept the argument "${field}"`;
  return new EvergrantError('VALIDATION_FAILED', { field, message, cause: error });
}
