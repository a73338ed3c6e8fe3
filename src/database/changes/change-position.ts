/** A place in the feed of changes. PostgreSQL's 64-bit numbers are kept as text. */
export interface ChangePosition {
  transactionId: string;
  id: string;
  /** When the change was made, in seconds since 1970. */
  atSeconds: number;
}

export function isLaterThan(one: ChangePosition, other: ChangePosition): boolean {
  const [a, b] = [BigInt(one.transactionId), BigInt(other.transactionId)];
  return a === b ? BigInt(one.id) > BigInt(other.id) : a > b;
}

/** As text for clients, to whom it means nothing. */
export function formatPosition({ transactionId, id, atSeconds }: ChangePosition): string {
  return `${transactionId}-${id}-${Math.floor(atSeconds)}`;
}

/** @returns null for what {@link formatPosition} did not make */
export function parsePosition(text: string): ChangePosition | null {
  const [, transactionId, id, atSeconds] = /^(\d{1,19})-(\d{1,18})-(\d{1,12})$/.exec(text) ?? [];
  if (transactionId === undefined || id === undefined || atSeconds === undefined) return null;
  return { transactionId, id, atSeconds: Number(atSeconds) };
}
