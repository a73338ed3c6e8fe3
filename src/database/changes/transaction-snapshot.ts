/**
 * Whether a snapshot sees what a transaction has written, if that has committed. Snapshots are PostgreSQL's own text,
 * `xmin:xmax:running,…` (PostgreSQL 18, 9.28.10, `pg_snapshot`); each statement has one.
 */
export function sees(snapshot: string, transactionId: bigint): boolean {
  const [xmin = '', xmax = '', running = ''] = snapshot.split(':');
  if (transactionId < BigInt(xmin)) return true;
  return transactionId < BigInt(xmax) && !running.split(',').includes(transactionId.toString());
}
