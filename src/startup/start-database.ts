import type { Environment } from '../config/index.js';
import { EmbeddedPostgres, migrateDatabase } from '../database/index.js';
import { databaseProblem } from './refusals/database-problem.js';
import { StartFailure } from './start-failure.js';

export interface RunningDatabase {
  url: string;
  /** Leaves the database; an embedded one is stopped by the last process that leaves it. */
  leave(): Promise<void>;
}

/** The given PostgreSQL or the embedded one, with an up-to-date schema. */
export async function startDatabase(
  environment: Environment,
  log: (line: string) => void,
): Promise<RunningDatabase> {
  const { DATABASE_URL, DATABASE_DIRECT_URL, DATA_DIR } = environment;
  if (DATABASE_URL === undefined) {
    const embedded = await EmbeddedPostgres.start({ dataDir: DATA_DIR, log });
    await migrateDatabase(embedded.url);
    return { url: embedded.url, leave: () => embedded.leave() };
  }
  const variable = DATABASE_DIRECT_URL === undefined ? 'DATABASE_URL' : 'DATABASE_DIRECT_URL';
  try {
    const { isSuperuser, hadNoWalls } = await migrateDatabase(DATABASE_DIRECT_URL ?? DATABASE_URL);
    if (hadNoWalls)
      log(`${variable}: what stands between tenants was missing, as after a restore, and was rebuilt`);
    if (isSuperuser) {
      log(
        `${variable}: its user is a superuser, who is held by no wall; see "Migrations" in docs/operations.md`,
      );
    }
  } catch (error) {
    throw new StartFailure(databaseProblem(variable, error), { cause: error });
  }
  return { url: DATABASE_URL, leave: () => Promise.resolve() };
}
