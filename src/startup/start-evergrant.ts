import type { LoggerService } from '@nestjs/common';
import { AppModule } from '../app.module.js';
import { version, type Environment } from '../config/index.js';
import { SignInCodes } from '../identity/index.js';
import { Drain } from './stopping/drain.js';
import { createHttpApplication } from './http-application.js';
import { startDatabase } from './start-database.js';
import { listenOn } from './start-failure.js';
import { sandboxed, startSandbox } from './start-sandbox.js';

export interface RunningEvergrant {
  /** The environment it runs in, with the sandbox in Google's place where it stands in. */
  environment: Environment;
  /** A new code of a link that opens the console as the operator, once; null where the role `api` does not run. */
  signInCode: () => Promise<string> | null;
  /** From now on it tells load balancers to send no more, and serves what comes all the same. */
  drain(): void;
  /** Finishes requests, then leaves the database. May be called more than once. */
  stop(): Promise<void>;
}

/** Starts the roles asked for, and what they stand on. Whatever was started is stopped again when one fails. */
export async function startEvergrant(given: Environment, logger: LoggerService): Promise<RunningEvergrant> {
  const environment = given.usesSandbox ? sandboxed(given) : given;
  const { ROLES, PORT, OAUTH_SERVICE_PORT, listenHost } = environment;
  const stops: (() => Promise<unknown>)[] = [];
  const drain = new Drain();
  let stopping: Promise<void> | undefined;
  let signInCodes: SignInCodes | null = null;
  const stop = () => (stopping ??= stopAll(stops));

  try {
    if (environment.usesSandbox && ROLES.has('api')) {
      const sandbox = await startSandbox(environment);
      stops.push(() => sandbox.close());
    }
    if (ROLES.has('oauth')) {
      const app = await createHttpApplication(
        AppModule.forOAuthService(environment),
        environment,
        logger,
        drain,
      );
      stops.push(() => app.close());
      await listenOn('OAUTH_SERVICE_PORT', OAUTH_SERVICE_PORT, () =>
        app.listen(OAUTH_SERVICE_PORT, listenHost),
      );
    }
    if (ROLES.has('api') || ROLES.has('refresher')) {
      const database = await startDatabase(environment, (line) => void logger.log({ msg: line }));
      stops.push(() => database.leave());
      const module = AppModule.forDatabaseRoles(environment, database.url);
      const app = await createHttpApplication(module, environment, logger, drain);
      stops.push(() => app.close());
      if (ROLES.has('api')) signInCodes = app.get(SignInCodes, { strict: false });
      await listenOn('PORT', PORT, async () => {
        await app.listen(PORT, listenHost);
      });
    }
    logger.log(startLine(environment));
    const signInCode = () => signInCodes?.make() ?? null;
    return { environment, signInCode, drain: () => drain.begin(), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** What runs, of which release and where, by the variables that say so. */
function startLine({ ROLES, PORT, OAUTH_SERVICE_PORT, listenHost }: Environment): object {
  const ports = {
    ...(ROLES.has('api') || ROLES.has('refresher') ? { PORT } : {}),
    ...(ROLES.has('oauth') ? { OAUTH_SERVICE_PORT } : {}),
  };
  return { msg: 'Evergrant has started', version, roles: [...ROLES], listenHost, ports };
}

/** In the reverse order of their start; one that fails does not keep the others running. */
async function stopAll(stops: readonly (() => Promise<unknown>)[]): Promise<void> {
  for (const stop of [...stops].reverse()) await stop().catch(() => undefined);
}
