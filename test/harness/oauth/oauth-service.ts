import type { LoggerService } from '@nestjs/common';
import { loadEnvironment } from '../../../src/config/index.js';
import { startEvergrant, type RunningEvergrant } from '../../../src/startup/start-evergrant.js';

const oauthServiceToken = 'canary-oauth-service-token-0123456789';

function nothing() {
  return undefined;
}

const silent: LoggerService = { log: nothing, error: nothing, warn: nothing };

/** The `oauth` role alone, without a database, as the process for it would start it. */
export function startOAuthService(
  port: number,
  variables: Record<string, string> = {},
): Promise<RunningEvergrant> {
  const environment = loadEnvironment({
    ROLES: 'oauth',
    OAUTH_SERVICE_PORT: String(port),
    OAUTH_SERVICE_TOKEN: oauthServiceToken,
    ...variables,
  });
  return startEvergrant(environment, silent);
}
