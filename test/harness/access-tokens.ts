import type { Answer, TestApp } from './test-app.js';

export interface TokenAnswer {
  accessToken: string;
  tokenType: string;
  expiresAt: string;
  scope: string;
  source: string;
  stale: boolean;
  errorCode: string | null;
  requiresReauth: boolean;
  reason: string | undefined;
}

/** The access token of an instance, with the operator's key; `headers` may name a tenant. */
export function accessToken(
  app: TestApp,
  instanceId: string,
  { query = '', headers = {} }: { query?: string; headers?: Record<string, string> } = {},
): Promise<Answer<TokenAnswer>> {
  return app.api('GET', `/api/instances/${instanceId}/access-token${query}`, undefined, headers);
}

/** Asks Google in any case, or, with `rejectedToken`, for another token than that. */
export function refresh(
  app: TestApp,
  instanceId: string,
  body?: { rejectedToken: string },
): Promise<Answer<TokenAnswer>> {
  return app.api('POST', `/api/instances/${instanceId}/refresh`, body);
}
