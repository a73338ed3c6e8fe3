/** How many of an OAuth client's grants there are, and how many of them were called dead lately. */
export interface SuspectCount {
  suspects: number;
  grants: number;
}

/** What a spike holds: the suspects of all tenants, or those of some. */
export type Spike = { scope: 'client' } | { scope: 'tenants'; tenantIds: string[] };

// A correlated spike says more about the provider than about the people.
const floor = 5;
export const spikeShare = 0.02;
export const spikeWindowSeconds = 300;
/** What one tenant can contribute to the spike of all: it takes others as well. */
const largestTenantShare = 0.75;

/**
 * Whether more grants died at once than people, or their administrators, would end: more than five, and more than
 * 2 %. One tenant alone can only be a spike of its own, so that it cannot hold the verdicts of others.
 */
export function findSpike(
  client: SuspectCount,
  tenants: readonly (SuspectCount & { tenantId: string })[],
): Spike {
  const limit = Math.max(floor, client.grants * spikeShare);
  const largest = Math.ceil(limit * largestTenantShare);
  const counted = tenants.reduce((sum, { suspects }) => sum + Math.min(suspects, largest), 0);
  if (counted > limit) return { scope: 'client' };
  const tenantIds = tenants
    .filter(({ suspects, grants }) => suspects > Math.max(floor, grants * spikeShare))
    .map(({ tenantId }) => tenantId);
  return { scope: 'tenants', tenantIds };
}
