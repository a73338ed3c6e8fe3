import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { repository, temporaryFolder } from '../harness/node-process.js';

const advisories = '/-/npm/v1/security/advisories/bulk';

let folder: ReturnType<typeof temporaryFolder>;
let registry: Server | undefined;
beforeEach(() => void (folder = temporaryFolder()));
afterEach(() => {
  registry?.close();
  registry = undefined;
  folder.remove();
});

/** A project with one dependency, `brittle`. */
function project({ hasInstallScript = false, allowScripts = {} } = {}): void {
  const dependencies = { brittle: '1.0.0' };
  const root = { name: 'project', version: '1.0.0', dependencies };
  const brittle = { version: '1.0.0', ...(hasInstallScript ? { hasInstallScript } : {}) };
  const packages = { '': root, 'node_modules/brittle': brittle };
  writeFileSync(join(folder.path, 'package.json'), JSON.stringify({ ...root, allowScripts }));
  writeFileSync(
    join(folder.path, 'package-lock.json'),
    JSON.stringify({ ...root, lockfileVersion: 3, requires: true, packages }),
  );
}

async function startRegistry(answer: RequestListener): Promise<string> {
  registry = createServer(answer).listen(0, '127.0.0.1');
  await once(registry, 'listening');
  return `http://127.0.0.1:${(registry.address() as AddressInfo).port}`;
}

/** A registry that knows one weakness of `brittle`. */
function knowing(severity: string): Promise<string> {
  const weakness = { id: 1, url: 'https://advisories.example/1', title: 'Breaks', severity };
  const found = { brittle: [{ ...weakness, vulnerable_versions: '<2.0.0', cwe: [] }] };
  const versions = { '1.0.0': { name: 'brittle', version: '1.0.0' } };
  const packument = { name: 'brittle', 'dist-tags': { latest: '1.0.0' }, versions };
  return startRegistry((request, response) => {
    request.resume();
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify(request.url === advisories ? found : packument));
  });
}

async function check(npmRegistry: string): Promise<{ code: number; output: string }> {
  const script = join(repository, '.ci/check-dependencies.js');
  const env = {
    ...process.env,
    npm_config_registry: npmRegistry,
    npm_config_cache: join(folder.path, 'cache'),
  };
  return new Promise((resolve) => {
    execFile(process.execPath, [script], { cwd: folder.path, env }, (error, stdout, stderr) =>
      resolve({ code: error === null ? 0 : Number(error.code), output: stdout + stderr }),
    );
  });
}

it.each([
  ['fails on a grave weakness of a production dependency', 'critical', 1, 'vulnerable: brittle (critical)'],
  ['only tells of a small one', 'low', 0, 'clean: brittle (low)'],
])('%s', async (_says, severity, code, line) => {
  project();
  const checked = await check(await knowing(severity));
  expect(checked.output).toContain(line);
  expect(checked.code).toBe(code);
});

it('says that the registry does not answer for vulnerabilities, and passes over it', async () => {
  project();
  const url = await startRegistry((_request, response) => response.writeHead(405).end());
  const refused = await check(url);
  expect(refused).toMatchObject({ code: 0, output: expect.stringContaining('unanswered: 405') });
  registry?.close();
  const away = await check(url);
  expect(away).toMatchObject({ code: 0, output: expect.stringContaining('unanswered: ') });
});

it('fails where the project cannot be audited', async () => {
  writeFileSync(join(folder.path, 'package.json'), '{}');
  writeFileSync(join(folder.path, 'package-lock.json'), '{"packages": 1');
  expect((await check(await knowing('low'))).code).toBe(1);
});

it('fails on an install script that allowScripts does not name', async () => {
  const url = await startRegistry((_request, response) => response.writeHead(405).end());
  project({ hasInstallScript: true });
  const undecided = await check(url);
  expect(undecided).toMatchObject({ code: 1, output: expect.stringContaining('does not name: brittle') });
  project({ hasInstallScript: true, allowScripts: { brittle: false } });
  expect((await check(url)).code).toBe(0);
});
