import { ConfigurationError } from '../config/index.js';
import { DataKeysUnreadable } from '../credentials/index.js';
import { EmbeddedPostgresFailure } from '../database/index.js';
import { isDatabaseUnavailable } from '../errors/index.js';
import { portHolder } from './refusals/port-holder.js';

/** A start that cannot go on; the message names the variable to change and holds no value of it. */
export class StartFailure extends Error {
  override readonly name = 'StartFailure';
}

/** Listens, or says which variable holds the port that could not be had. */
export async function listenOn(
  variable: string,
  port: number,
  listen: () => Promise<unknown>,
): Promise<void> {
  try {
    await listen();
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EADDRINUSE') throw new StartFailure(await portInUse(variable, port));
    if (code === 'EACCES')
      throw new StartFailure(`${variable}: port ${port} needs more privileges than this process has`);
    throw error;
  }
}

async function portInUse(variable: string, port: number): Promise<string> {
  const holder = await portHolder(port);
  const inUse = `${variable}: port ${port} is in use by ${holder}`;
  return holder === 'another program'
    ? inUse
    : `${inUse}; stop it, or give this one other ports (PORT, OAUTH_SERVICE_PORT, SANDBOX_PORT) and another DATA_DIR`;
}

const foreseen = [StartFailure, ConfigurationError, DataKeysUnreadable, EmbeddedPostgresFailure];

/** The line that tells a person why Evergrant did not start; null for an unforeseen failure. */
export function startFailureLine(error: unknown): string | null {
  if (error instanceof Error && foreseen.some((known) => error instanceof known)) return error.message;
  return isDatabaseUnavailable(error) ? 'the database went away during the start' : null;
}
