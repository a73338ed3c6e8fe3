import { existsSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, jest } from '@jest/globals';
import { freePort } from '../../sandbox/index.js';
import { NodeProcess, repository, temporaryFolder } from '../harness/node-process.js';

// Whole starts, with a database of their own.
jest.setTimeout(120_000);

let folder: ReturnType<typeof temporaryFolder>;
let started: NodeProcess | undefined;
let ports: Record<string, string>;
beforeEach(async () => {
  folder = temporaryFolder();
  ports = {
    PORT: String(await freePort()),
    OAUTH_SERVICE_PORT: String(await freePort()),
    SANDBOX_PORT: String(await freePort()),
  };
});
afterEach(async () => {
  await started?.stop();
  folder.remove();
});

function start(): NodeProcess {
  started = NodeProcess.start([join(repository, 'dist/main.js')], { ...ports, DATA_DIR: folder.path });
  return started;
}

it('a lost key file of the embedded database is said, no other is written, and put back it serves', async () => {
  const file = join(folder.path, 'encryption-keys');
  const first = start();
  await first.says(/^Stop: Ctrl-C/m);
  await first.stop();
  renameSync(file, `${file}.kept`);

  const refused = start();
  expect(await refused.exitCode()).toBe(1);
  expect(refused.stderr).toMatch(
    /^Evergrant did not start: DATA_DIR has lost its file encryption-keys[^\n]*put the file back[^\n]*\n$/,
  );
  expect(existsSync(file)).toBe(false);

  renameSync(`${file}.kept`, file);
  await start().says(/is still connected from an earlier run[\s\S]*^Stop: Ctrl-C/m);
});
