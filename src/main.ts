import 'reflect-metadata';
import { loadEnvironment } from './config/index.js';
import { createPino, PinoLogger } from './logging/index.js';
import { startEvergrant, startFailureLine } from './startup/index.js';

const shutdownLimitMs = 30_000;

/** Starts the roles that `ROLES` asks for, and stops them when a signal or a closed terminal says so. */
async function main(): Promise<void> {
  const isTerminal = process.stdout.isTTY;
  const environment = loadEnvironment(process.env);
  const logger = new PinoLogger(createPino({ level: environment.LOG_LEVEL, pretty: isTerminal }));
  if (isTerminal) process.stdout.write('Starting Evergrant ...\n');
  const starting = startEvergrant(environment, logger);

  const interruption = new AbortController();
  const shutDown = (): void => {
    interruption.abort();
    setTimeout(() => process.exit(1), shutdownLimitMs).unref();
    // A start that is interrupted has to end first: PostgreSQL may be up already. If it fails, main() says so.
    const stopped = starting.then((evergrant) => evergrant.stop());
    stopped.then(() => process.exit(0)).catch(() => undefined);
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, shutDown);

  const evergrant = await starting;
  // In production standard output is the log's alone.
  if (!environment.ROLES.has('api') || (environment.isProduction && !isTerminal)) return;
  try {
    // It brings an MCP client along, which nothing else needs.
    const { firstRun } = await import('./first-run/index.js');
    process.stdout.write(await firstRun(evergrant.environment, isTerminal));
  } catch (error) {
    await evergrant.stop();
    if (!interruption.signal.aborted) throw error;
  }
}

main().catch((error: unknown) => {
  const foreseen = startFailureLine(error);
  const line = foreseen ?? (error instanceof Error ? error.stack : String(error)) ?? '';
  process.stderr.write(`Evergrant did not start: ${line}\n`);
  process.exit(1);
});
