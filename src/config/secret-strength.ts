/**
 * How many bits of surprise a secret holds at most, judged by itself: repetition, few symbols and runs such as `abc` or
 * `012` count for little. It finds what was typed instead of drawn; it does not know dictionaries.
 */
export function estimatedBits(secret: string | Uint8Array): number {
  const bytes = [...(typeof secret === 'string' ? Buffer.from(secret) : secret)];
  const once = bytes.slice(0, shortestPeriod(bytes));
  const steps = once.slice(1).map((byte, index) => byte - (once[index] ?? 0));
  return Math.min(shannonBits(once), shannonBits(steps));
}

/** After how many bytes a text begins anew (the last repetition may be cut off); its length if it never does. */
function shortestPeriod(bytes: readonly number[]): number {
  for (let period = 1; period < bytes.length; period += 1) {
    if (bytes.every((byte, index) => index < period || byte === bytes[index - period])) return period;
  }
  return bytes.length;
}

function shannonBits(symbols: readonly number[]): number {
  const counts = new Map<number, number>();
  for (const symbol of symbols) counts.set(symbol, (counts.get(symbol) ?? 0) + 1);
  return [...counts.values()].reduce((sum, count) => sum + count * Math.log2(symbols.length / count), 0);
}
