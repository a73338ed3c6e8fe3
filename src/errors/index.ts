export { errorTable, type ErrorCode, type LogLevel } from './error-table.js';
export { EvergrantError, type EvergrantErrorDetails } from './evergrant-error.js';
export { errorBody, type ErrorBody } from './error-body.js';
export { ErrorFilter } from './error.filter.js';
export { isDatabaseUnavailable } from './database-unavailable.js';
export { toEvergrantError } from './to-evergrant-error.js';
export { validationPipe } from './validation.pipe.js';
