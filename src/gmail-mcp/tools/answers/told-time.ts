/** A time of ISO 8601 as text tells it, to the minute; nothing where there is none. */
export function toldTime(time: string | null | undefined): string[] {
  return time ? [time.replace(/^(.{10})T(\d\d:\d\d).*Z$/, '$1 $2 UTC')] : [];
}
