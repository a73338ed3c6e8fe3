import type { ProviderName } from '../../oauth/index.js';

/** A refresh token, named without being told. */
export interface ReportedToken {
  /** `prefix`: its first 16 characters. `hash`: base64 of SHA-512 over its SHA-512. */
  by: 'prefix' | 'hash';
  value: string;
}

/** What a provider tells of grants without being asked. */
export interface ProviderReport {
  provider: ProviderName;
  /** The OAuth clients, by their public ids, whose grants it is about. */
  clientIds: readonly string[];
  about: { subject: string } | { token: ReportedToken };
  /** `ended`: the grants are dead. `changed`: whether they are, only the token endpoint can tell. */
  says: 'ended' | 'changed';
  /** A stable code such as `tokens_revoked`. */
  reason: string;
  /** In seconds since the epoch, on the provider's clock. */
  issuedAtSeconds: number;
}

/** A grant that a report is about. */
export interface NamedGrant {
  verdict: 'active' | 'suspect';
  /** The provider has refreshed it since it issued the report. */
  refreshedSince: boolean;
  /** Tells its refresh token from others; null where that could not be opened. */
  tokenHash: string | null;
}

/**
 * - `suspect`: callers are asked to sign in, and the grant is presented once more after a minute.
 * - `ask`: it is presented now, and the answer counts; callers hear nothing of it.
 */
export type ReportConsequence = 'suspect' | 'ask';

/**
 * What follows for each grant that a report names. What the provider has refreshed since is alive, or was; what is
 * suspect already stays so; and of several refresh tokens that begin alike it is not known which one is meant.
 */
export function consequencesOf<Grant extends NamedGrant>(
  report: Pick<ProviderReport, 'about' | 'says'>,
  grants: readonly Grant[],
): { grant: Grant; does: ReportConsequence }[] {
  const isVague =
    'token' in report.about &&
    report.about.token.by === 'prefix' &&
    new Set(grants.map(({ tokenHash }) => tokenHash)).size > 1;
  const endsAny = report.says === 'ended' && !isVague;
  return grants.map((grant) => ({
    grant,
    does: endsAny && grant.verdict === 'active' && !grant.refreshedSince ? 'suspect' : 'ask',
  }));
}
