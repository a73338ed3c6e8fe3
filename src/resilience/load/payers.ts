const payers = new WeakMap<object, string>();

/** Says on whose share of the process a request counts: a tenant's id. For whatever authenticates it. */
export function chargeTo(request: object, payer: string): void {
  payers.set(request, payer);
}

/** On whose share a request counts; null while it is not known who sends it. */
export function payerOf(request: object): string | null {
  return payers.get(request) ?? null;
}
