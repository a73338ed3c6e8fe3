// What `npm start` runs: builds, and goes on in this very process. With it in the place of npm's shell (`exec`), which
// passes no signal on, SIGTERM for `npm start` reaches Evergrant, and npm waits for its end. Windows has no `exec`, and
// runs what stands behind `||`.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const compiler = join(dirname(createRequire(import.meta.url).resolve('typescript/package.json')), 'bin/tsc');
// Not in this process: Vite sets NODE_ENV.
const steps = [[compiler, '-p', 'tsconfig.build.json'], ['console/build.js']];

if (existsSync('.env')) console.log('Reading .env; what the environment holds already comes first.');
console.log('Building Evergrant ...');
for (const step of steps) {
  const { status } = spawnSync(process.execPath, step, { stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
}
await import('./dist/main.js');
