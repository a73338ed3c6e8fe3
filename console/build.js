// Builds the console into dist/console, unless what is there was made from the same sources.
import { createHash } from 'node:crypto';
import { existsSync, globSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const repository = join(import.meta.dirname, '..');
const page = join(repository, 'dist/console/index.html');
const stamp = join(repository, 'dist/.console-sources');

/** All that the bundle is made from; what npm installed is told by the lock. */
const sources = [
  'console/**/*.{js,ts,tsx,css,svg,html}',
  'src/first-run/mcp-clients.ts',
  'package-lock.json',
];

function sourcesHash() {
  const hash = createHash('sha256');
  for (const file of globSync(sources, { cwd: repository }).sort())
    hash
      .update(file)
      .update('\0')
      .update(readFileSync(join(repository, file)))
      .update('\0');
  return hash.digest('hex');
}

async function buildConsole() {
  const made = sourcesHash();
  if (existsSync(page) && existsSync(stamp) && readFileSync(stamp, 'utf8') === made) return;
  // Loading Vite takes longer than finding out that it is not needed.
  const { build } = await import('vite');
  await build({ configFile: join(import.meta.dirname, 'vite.config.js') });
  writeFileSync(stamp, made);
}

await buildConsole();
