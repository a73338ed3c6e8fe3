import type { TestApp } from './test-app.js';

/** A line of the log that tells an event. */
export interface LoggedEvent {
  event: string;
  level: number;
  time: number;
  context: string;
  [field: string]: unknown;
}

/** The events among lines of a log. */
export function eventsIn(lines: readonly string[]): LoggedEvent[] {
  return lines
    .map((line) => JSON.parse(line) as Partial<LoggedEvent>)
    .filter((line): line is LoggedEvent => line.event !== undefined);
}

/** The events that an app has logged while `work` ran. */
export async function eventsOf(app: TestApp, work: () => Promise<unknown>): Promise<LoggedEvent[]> {
  const before = app.log.length;
  await work();
  return eventsIn(app.log.slice(before));
}
