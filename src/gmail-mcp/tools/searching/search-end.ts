/** The last line of a search: how much of it this is, and how to go on. */
export function searchEnd(
  shown: number,
  what: string,
  {
    nextPageToken,
    resultSizeEstimate,
  }: { nextPageToken?: string | undefined; resultSizeEstimate?: number | undefined },
): string {
  if (nextPageToken === undefined) return shown === 0 ? `no ${what}` : `no more ${what}`;
  const estimate = resultSizeEstimate === undefined ? '' : ` of about ${resultSizeEstimate}`;
  return `${shown}${estimate} ${what}, more with pageToken ${nextPageToken}`;
}
