/** SQLSTATE classes and network codes that say: the database cannot answer now, ask again. */
const transientCodes = /^(08|53|57P0|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENOTFOUND|EAI_AGAIN|EPIPE)/;
const transientMessages =
  /Connection terminated|connection timeout|timeout exceeded when trying to connect|not yet connected|not queryable|not currently accepting connections/i;
/** What TypeORM says of a transaction whose connection broke. */
const lostConnection = /query runner (already|was already) released/i;

/** Whether an error of a query means that PostgreSQL is out of reach, rather than that the query is wrong. */
export function isDatabaseUnavailable(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { code, driverError } = error as Error & { code?: unknown; driverError?: unknown };
  if (typeof code === 'string' && transientCodes.test(code)) return true;
  return (
    transientMessages.test(error.message) ||
    lostConnection.test(error.message) ||
    isDatabaseUnavailable(driverError)
  );
}
