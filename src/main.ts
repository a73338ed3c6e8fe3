import 'reflect-metadata';
import { loadEnvironment } from './config/index.js';
import { firstRun } from './first-run/index.js';
import { createPino, PinoLogger } from './logging/index.js';
import { startEvergrant, startFailureLine } from './startup/index.js';

const shutdownLimitMs = 30_000;

/** Starts the roles that `ROLES` asks for, and stops them on SIGINT and SIGTERM. */
async function main(): Promise<void> {
  const isTerminal = process.stdout.isTTY;
  const environment = loadEnvironment(process.env);
  const logger = new PinoLogger(createPino({ level: environment.LOG_LEVEL, pretty: isTerminal }));
  if (isTerminal) process.stdout.write('Starting Evergrant ...\n');
  const evergrant = await startEvergrant(environment, logger);

  const shutDown = (): void => {
    setTimeout(() => process.exit(1), shutdownLimitMs).unref();
    void evergrant.stop().then(() => process.exit(0));
  };
  process.on('SIGINT', shutDown);
  process.on('SIGTERM', shutDown);

  // In production standard output is the log's alone.
  if (!environment.ROLES.has('api') || (environment.isProduction && !isTerminal)) return;
  process.stdout.write(await firstRun(evergrant.environment, isTerminal));
}

main().catch((error: unknown) => {
  const foreseen = startFailureLine(error);
  const line = foreseen ?? (error instanceof Error ? error.stack : String(error)) ?? '';
  process.stderr.write(`Evergrant did not start: ${line}\n`);
  process.exit(1);
});
