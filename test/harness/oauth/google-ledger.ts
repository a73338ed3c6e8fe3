import type { SandboxControl } from '../../../sandbox/index.js';

/** Anything that stands beside a sandbox Google: an app, a deployment, a stage. */
interface BesideGoogle {
  google: SandboxControl;
}

/** The requests in which Google was shown a refresh token of this account, in order. */
async function refreshRequests({ google }: BesideGoogle, account: string) {
  const { tokenRequests } = await google.ledger();
  return tokenRequests.filter((entry) => entry.grantType === 'refresh_token' && entry.account === account);
}

/** How often Google was shown a refresh token of this account. */
export async function refreshesAtGoogle(stage: BesideGoogle, account: string): Promise<number> {
  return (await refreshRequests(stage, account)).length;
}

/** The refresh tokens of this account that Google was shown, as fingerprints, in order. */
export async function presentedRefreshTokens(stage: BesideGoogle, account: string): Promise<string[]> {
  return (await refreshRequests(stage, account)).map(
    ({ presentedRefreshToken }) => presentedRefreshToken ?? '',
  );
}

/** How many grants of this account Google still honours. */
export async function liveGrants({ google }: BesideGoogle, account: string): Promise<number> {
  const { grants } = await google.ledger();
  return grants.filter((grant) => grant.account === account && grant.alive).length;
}
