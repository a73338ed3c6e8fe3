import { join } from 'node:path';
import { endpointsAt, googleVariables, startSandbox as startSandboxServer } from '../../sandbox/index.js';
import type { Environment } from '../config/index.js';
import { SandboxClaim } from './refusals/sandbox-claim.js';
import { listenOn, StartFailure } from './start-failure.js';

/** The client of the deployment in the sandbox Google; a secret of a stand-in guards nothing. */
const sandboxClient = {
  clientId: '100000000001-evergrant.apps.sandbox.test',
  clientSecret: 'sandbox-client-secret',
};

/** An environment in which the sandbox stands in for Google. */
export function sandboxed(environment: Environment): Environment {
  return {
    ...environment,
    GOOGLE_CLIENT_ID: sandboxClient.clientId,
    GOOGLE_CLIENT_SECRET: sandboxClient.clientSecret,
    ...googleVariables(endpointsAt(`http://localhost:${environment.SANDBOX_PORT}`)),
  };
}

/** Starts the sandbox; its grants and keys stay under `DATA_DIR`, so that it outlives restarts as Google would. */
export async function startSandbox(environment: Environment): Promise<{ close(): Promise<void> }> {
  const { SANDBOX_PORT, DATA_DIR, publicUrl } = environment;
  const claim = new SandboxClaim(DATA_DIR);
  const holder = await claim.holder();
  if (holder !== null && holder !== SANDBOX_PORT) {
    throw new StartFailure(
      `DATA_DIR is in use by another Evergrant, whose sandbox has the port ${holder}; give this one another DATA_DIR`,
    );
  }
  let close: () => Promise<void> = () => Promise.resolve();
  await listenOn('SANDBOX_PORT', SANDBOX_PORT, async () => {
    const sandbox = await startSandboxServer({
      host: 'localhost',
      port: SANDBOX_PORT,
      stateDir: join(DATA_DIR, 'sandbox'),
      name: claim.name,
      clients: [{ ...sandboxClient, redirectUris: [`${publicUrl}/oauth/callback`] }],
    });
    claim.take(SANDBOX_PORT);
    close = async () => {
      claim.release();
      await sandbox.close();
    };
  });
  return { close: () => close() };
}
