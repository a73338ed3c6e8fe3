import type { EvergrantError } from '../evergrant-error.js';

/** How an HTTP face says an error; status and headers are the table's for all of them. */
export interface ErrorRendering {
  /** Who says so in the log. */
  logContext: string;
  logMessage: string;
  body(error: EvergrantError): object;
}
