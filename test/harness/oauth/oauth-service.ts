import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { AppModule } from '../../../src/app.module.js';
import { loadEnvironment, type Environment } from '../../../src/config/index.js';
import { createHttpApplication } from '../../../src/startup/http-application.js';
import { startEvergrant, type RunningEvergrant } from '../../../src/startup/start-evergrant.js';
import { silentLogger } from '../captured-log.js';

export const oauthServiceToken = 'canary-oauth-service-token-0123456789';

/** The OAuth service as it is deployed, on a port of its own. */
export async function startService(
  environment: Environment,
  logger = silentLogger(),
): Promise<NestFastifyApplication> {
  const app = await createHttpApplication(AppModule.forOAuthService(environment), environment, logger);
  await app.listen(0, '127.0.0.1');
  return app;
}

/** The `oauth` role alone, without a database, on the port that is given, as the process for it would start it. */
export function startOAuthRole(
  port: number,
  variables: Record<string, string> = {},
): Promise<RunningEvergrant> {
  const environment = loadEnvironment({
    ROLES: 'oauth',
    OAUTH_SERVICE_PORT: String(port),
    OAUTH_SERVICE_TOKEN: oauthServiceToken,
    // No provider answers there, unlike at the sandbox's port on a machine where Evergrant runs.
    GOOGLE_CLIENT_ID: 'none',
    GOOGLE_CLIENT_SECRET: 'none',
    GOOGLE_TOKEN_URL: 'http://127.0.0.1:9/token',
    ...variables,
  });
  return startEvergrant(environment, silentLogger());
}
