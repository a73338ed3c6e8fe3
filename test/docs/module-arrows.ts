import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { z } from 'zod';

const cruiseResult = z.object({
  modules: z.array(
    z.object({ source: z.string(), dependencies: z.array(z.object({ resolved: z.string() })) }),
  ),
});

/** A file and what it imports. */
export interface Import {
  from: string;
  to: string[];
}

export interface ModuleArrows {
  modules: string[];
  /** `from --> to`, one for each pair of places of which one imports the other. */
  arrows: string[];
}

/** The imports of the product code, as dependency-cruiser finds them. */
export async function importsOfTheCode(): Promise<Import[]> {
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [
      'node_modules/dependency-cruiser/bin/dependency-cruiser.mjs',
      ...['--config', '.dependency-cruiser.js', '--output-type', 'json'],
      ...['--exclude', String.raw`\.(spec|fixture)\.ts$|^sandbox/testing/`],
      ...['src', 'sandbox', 'migrations'],
    ],
    { maxBuffer: 64 * 1024 * 1024 },
  );
  return cruiseResult.parse(JSON.parse(stdout)).modules.map(({ source, dependencies }) => ({
    from: source,
    to: dependencies.map((each) => each.resolved),
  }));
}

/** The imports between the modules of the product code. */
export function moduleArrows(imports: readonly Import[]): ModuleArrows {
  return arrowsBetween(imports, moduleOf);
}

/** The imports between the rooms of one module; the files beside them (options, module, index) are left out. */
export function roomArrows(imports: readonly Import[], module: string): ModuleArrows {
  const room = new RegExp(`^src/${module}/([^/]+)/`);
  return arrowsBetween(imports, (path) => room.exec(path)?.[1] ?? null);
}

function arrowsBetween(imports: readonly Import[], placeOf: (path: string) => string | null): ModuleArrows {
  const modules = new Set<string>();
  const arrows = new Set<string>();
  for (const { from: source, to: targets } of imports) {
    const from = placeOf(source);
    if (from === null) continue;
    modules.add(from);
    for (const to of targets.map(placeOf)) if (to !== null && to !== from) arrows.add(`${from} --> ${to}`);
  }
  return { modules: [...modules].sort(), arrows: [...arrows].sort() };
}

/** The folder below `src`, or the name of a file that lies beside them; null for what is not ours. */
function moduleOf(path: string): string | null {
  const [root, below] = path.split('/');
  if (root === 'sandbox' || root === 'migrations') return root;
  return root === 'src' && below !== undefined ? below.replace(/(\.module)?\.ts$/, '') : null;
}
