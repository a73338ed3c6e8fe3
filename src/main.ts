import 'reflect-metadata';
import {
  ConfigurationError,
  dataDirectoryFault,
  defaultDataDir,
  loadEnvironment,
  prepareDataDirectory,
  requireSecrets,
  trustExtraCertificates,
  unsafeSetting,
} from './config/index.js';
import { createPino, PinoLogger } from './logging/index.js';

/** After the drain. */
const shutdownLimitMs = 30_000;
let dataDir = defaultDataDir;

/** Starts the roles that `ROLES` asks for, and stops them when a signal or a closed terminal says so. */
async function main(): Promise<void> {
  const isTerminal = process.stdout.isTTY;
  const environment = loadEnvironment(process.env);
  dataDir = environment.DATA_DIR;
  trustExtraCertificates(environment);
  requireSecrets(environment);
  const withoutData = prepareDataDirectory(environment);
  const logger = new PinoLogger(createPino({ level: environment.LOG_LEVEL, pretty: isTerminal }));
  if (isTerminal) process.stdout.write(`Starting Evergrant on Node.js ${process.versions.node} ...\n`);
  else logger.log({ msg: 'Evergrant starts', node: process.versions.node, roles: [...environment.ROLES] });
  const unsafe = environment.usesEmbeddedDatabase ? null : unsafeSetting(environment);
  if (unsafe) logger.warn({ msg: `NODE_ENV=production would refuse this start: ${unsafe.message}` });
  if (withoutData !== null) logger.warn({ msg: withoutData });
  // Loading everything takes a while; a wrong variable is reported before that.
  const { Shutdown, startEvergrant } = await import('./startup/index.js');
  const starting = startEvergrant(environment, logger);

  const shutdown = new Shutdown(starting, environment.drainSeconds);
  const exitAfter = (stopped: Promise<void>): void => {
    setTimeout(() => process.exit(1), environment.drainSeconds * 1_000 + shutdownLimitMs).unref();
    // If the start fails that is interrupted, main() says so.
    stopped.then(() => process.exit(0)).catch(() => undefined);
  };
  process.on('SIGTERM', () => exitAfter(shutdown.afterDrain()));
  for (const signal of ['SIGINT', 'SIGHUP'] as const) process.on(signal, () => exitAfter(shutdown.atOnce()));

  const evergrant = await starting;
  // In production standard output is the log's alone.
  if (!environment.ROLES.has('api') || (environment.isProduction && !isTerminal)) return;
  try {
    // It brings an MCP client along, which nothing else needs.
    const { firstRun } = await import('./first-run/index.js');
    process.stdout.write(await firstRun(evergrant, isTerminal));
  } catch (error) {
    await evergrant.stop();
    if (!shutdown.hasBegun) throw error;
  }
}

async function failureLine(error: unknown): Promise<string> {
  if (error instanceof ConfigurationError) return error.message;
  const fault = dataDirectoryFault(dataDir, error);
  if (fault !== null) return fault.message;
  const { startFailureLine } = await import('./startup/index.js');
  return startFailureLine(error) ?? (error instanceof Error ? error.stack : String(error)) ?? '';
}

main().catch(async (error: unknown) => {
  process.stderr.write(`Evergrant did not start: ${await failureLine(error)}\n`);
  process.exit(1);
});
