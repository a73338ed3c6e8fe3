const relative = new Intl.RelativeTimeFormat('en', { numeric: 'auto' });
const dateAndTime = new Intl.DateTimeFormat('en', { dateStyle: 'medium', timeStyle: 'short' });
const timeAlone = new Intl.DateTimeFormat('en', { timeStyle: 'short' });

const units = [
  { unit: 'day', seconds: 86_400 },
  { unit: 'hour', seconds: 3_600 },
  { unit: 'minute', seconds: 60 },
] as const;

/** How long ago, or in how long: "5 minutes ago", "in 2 hours". */
export function sinceOrIn(instant: string, nowMs = Date.now()): string {
  const seconds = (Date.parse(instant) - nowMs) / 1_000;
  const fitting = units.find((each) => Math.abs(seconds) >= each.seconds);
  if (!fitting) return relative.format(Math.round(seconds), 'second');
  return relative.format(Math.round(seconds / fitting.seconds), fitting.unit);
}

/** A span of time in its largest whole unit: "42 minutes". */
export function span(milliseconds: number): string {
  const seconds = Math.max(0, Math.round(milliseconds / 1_000));
  const fitting = units.find((each) => seconds >= each.seconds) ?? { unit: 'second', seconds: 1 };
  const count = Math.floor(seconds / fitting.seconds);
  return new Intl.NumberFormat('en', { style: 'unit', unit: fitting.unit, unitDisplay: 'long' }).format(
    count,
  );
}

/** An instant as people write it here; the day only where it is another than today's. */
export function instant(text: string, now = new Date()): string {
  const date = new Date(text);
  return date.toDateString() === now.toDateString() ? timeAlone.format(date) : dateAndTime.format(date);
}
