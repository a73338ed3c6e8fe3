/**
 * Every series of a metric, by the values that each of its labels takes. A counter starts each at zero: one that begins
 * with its first count shows Prometheus no rise, and so raises no alert.
 */
export function labelCombinations<Label extends string>(
  values: Record<Label, readonly string[]>,
): Record<Label, string>[] {
  const labels = Object.entries<readonly string[]>(values);
  const combined = labels.reduce<Record<string, string>[]>(
    (before, [label, each]) =>
      before.flatMap((labels) => each.map((value) => ({ ...labels, [label]: value }))),
    [{}],
  );
  return combined;
}
