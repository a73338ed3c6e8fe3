/** What is counted of a tenant's refreshes, as the columns of `refresh_figures` have it. */
export interface RefreshCounts {
  refreshed: number;
  rejected: number;
  unavailable: number;
  unknown: number;
  direct: number;
  serviceAnswered: number;
  serviceFailed: number;
  reauthentications: number;
}

/** Its column, and in SQL which events `e` of the history it counts. */
interface Counter {
  column: string;
  counts: string;
}

const isRefresh = "e.event = 'refresh'";

/** The latest event before it that says whether its grant is believed to be alive. */
const outcomeBefore = `(SELECT before.outcome FROM credential_events before
  WHERE before.credential_id = e.credential_id AND before.id < e.id AND before.event IN ('verdict', 'report')
  ORDER BY before.id DESC LIMIT 1)`;
/** What the latest event before it met. */
const errorBefore = `(SELECT before.error_code FROM credential_events before
  WHERE before.credential_id = e.credential_id AND before.id < e.id ORDER BY before.id DESC LIMIT 1)`;

/**
 * From then on a person is asked: by a verdict, by one that had been held and is believed now, or by a refusal of another
 * kind, which is met again with every refresh and counts the first time.
 */
const beginsToAsk = `CASE
  WHEN e.event IN ('verdict', 'report') AND e.outcome = 'suspect' THEN true
  WHEN e.event = 'verdict' AND e.outcome = 'failed' THEN coalesce(${outcomeBefore} = 'held', false)
  WHEN ${isRefresh} AND e.outcome = 'rejected' AND e.error_code IN ('INVALID_CLIENT', 'INSUFFICIENT_SCOPE')
    THEN ${errorBefore} IS DISTINCT FROM e.error_code
  ELSE false END`;

const counters: Readonly<Record<keyof RefreshCounts, Counter>> = {
  refreshed: { column: 'refreshed', counts: `${isRefresh} AND e.outcome = 'refreshed'` },
  rejected: { column: 'rejected', counts: `${isRefresh} AND e.outcome = 'rejected'` },
  unavailable: { column: 'unavailable', counts: `${isRefresh} AND e.outcome = 'unavailable'` },
  unknown: { column: 'unknown', counts: `${isRefresh} AND e.outcome = 'unknown'` },
  direct: { column: 'direct', counts: `${isRefresh} AND e.path = 'direct'` },
  serviceAnswered: { column: 'service_answered', counts: `${isRefresh} AND e.service_failed = false` },
  serviceFailed: { column: 'service_failed', counts: `${isRefresh} AND e.service_failed` },
  reauthentications: { column: 'reauthentications', counts: beginsToAsk },
};

export const counterColumns = Object.values(counters).map(({ column }) => column);

/** In SQL, the select list that makes of each event `e` a 1 or a 0 for each counter, under the name of its column. */
export const countedEvent = Object.values(counters)
  .map(({ column, counts }) => `coalesce((${counts})::int, 0) AS ${column}`)
  .join(', ');

/** The kinds of events that any counter counts. */
export const isCounted = "e.event IN ('refresh', 'verdict', 'report')";

/** In SQL, the sums of the counters over what they are selected from. */
export const summedColumns = counterColumns.map((column) => `sum(${column})::int AS ${column}`).join(', ');

/** The same under the names of {@link RefreshCounts}. */
export const summedCounts = Object.entries(counters)
  .map(([name, { column }]) => `sum(${column})::int AS "${name}"`)
  .join(', ');
