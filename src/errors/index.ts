export { errorTable, type ErrorCode } from './error-table.js';
export { EvergrantError } from './evergrant-error.js';
export { errorBody } from './error-body.js';
export { errorCodeSchema, errorSchema, type ErrorBody } from './error-schema.js';
export { ErrorFilter } from './error.filter.js';
export { isDatabaseUnavailable } from './database-unavailable.js';
export { toEvergrantError } from './to-evergrant-error.js';
export { validationPipe } from './validation.pipe.js';
export { logError } from './log-error.js';
