// Builds the console into dist/console and the custom element into dist/connect, unless what is there was made from the same sources.
import { createHash } from 'node:crypto';
import { existsSync, globSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const repository = join(import.meta.dirname, '..');
const results = ['dist/console/index.html', 'dist/connect/evergrant-connect.js'].map((file) =>
  join(repository, file),
);
const stamp = join(repository, 'dist/.console-sources');

/** All that the bundle is made from; what npm installed is told by the lock. */
const sources = [
  'console/**/*.{js,ts,tsx,css,svg,html}',
  'src/first-run/mcp-clients.ts',
  'src/gmail/scopes.ts',
  'src/policy/approvals/unseen-characters.ts',
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
  if (results.every((file) => existsSync(file)) && existsSync(stamp) && readFileSync(stamp, 'utf8') === made)
    return;
  // Loading Vite takes longer than finding out that it is not needed.
  const { build } = await import('vite');
  for (const configFile of ['vite.config.js', 'connect/vite.config.ts'])
    await build({ configFile: join(import.meta.dirname, configFile) });
  writeFileSync(stamp, made);
}

await buildConsole();
