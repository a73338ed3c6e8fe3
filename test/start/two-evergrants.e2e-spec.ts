import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { freePort } from '../../sandbox/index.js';
import { NodeProcess, repository, temporaryFolder } from '../harness/node-process.js';

// Whole starts, with a database of their own.
jest.setTimeout(120_000);

type Ports = Record<'PORT' | 'OAUTH_SERVICE_PORT' | 'SANDBOX_PORT', string>;

let folder: ReturnType<typeof temporaryFolder>;
let first: NodeProcess;
let ports: Ports;
beforeEach(async () => {
  folder = temporaryFolder();
  ports = await freePorts();
  first = start('first', ports);
  await first.says(/^Stop: Ctrl-C/m);
});
afterEach(async () => {
  await first.stop();
  folder.remove();
});

async function freePorts(): Promise<Ports> {
  const [PORT, OAUTH_SERVICE_PORT, SANDBOX_PORT] = [await freePort(), await freePort(), await freePort()].map(
    String,
  );
  return { PORT: PORT!, OAUTH_SERVICE_PORT: OAUTH_SERVICE_PORT!, SANDBOX_PORT: SANDBOX_PORT! };
}

function start(dataDir: string, given: Record<string, string>): NodeProcess {
  return NodeProcess.start([join(repository, 'dist/main.js')], {
    DATA_DIR: join(folder.path, dataDir),
    ...given,
  });
}

async function refusal(dataDir: string, given: Record<string, string>): Promise<string> {
  const refused = start(dataDir, given);
  expect(await refused.exitCode()).toBe(1);
  expect(refused.stderr).toMatch(/^Evergrant did not start: [^\n]+\n$/);
  return refused.stderr;
}

describe('a second Evergrant on one machine', () => {
  it('is told of each port that the first one holds, by which variable, and what to do', async () => {
    const others = await freePorts();
    for (const variable of ['PORT', 'OAUTH_SERVICE_PORT', 'SANDBOX_PORT'] as const) {
      const line = await refusal('second', { ...others, [variable]: ports[variable] });
      expect(line).toContain(`${variable}: port ${ports[variable]} is in use by another Evergrant;`);
      expect(line).toContain('another DATA_DIR');
    }
  });

  it('is told that the sandbox of its DATA_DIR runs, until the first one has ended', async () => {
    const others = await freePorts();
    const line = await refusal('first', others);
    expect(line).toContain(
      `DATA_DIR is in use by another Evergrant, whose sandbox has the port ${ports.SANDBOX_PORT}`,
    );
    await first.stop('SIGKILL');
    first = start('first', others);
    await first.says(/^Stop: Ctrl-C/m);
    expect(first.stdout).toContain('is still connected from an earlier run');
  });
});
