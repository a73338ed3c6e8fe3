import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { z } from 'zod';

const cruiseResult = z.object({
  modules: z.array(
    z.object({ source: z.string(), dependencies: z.array(z.object({ resolved: z.string() })) }),
  ),
});

export interface ModuleArrows {
  modules: string[];
  /** `from --> to`, one for each pair of modules of which one imports the other. */
  arrows: string[];
}

/** The imports between the modules of the product code, as dependency-cruiser finds them. */
export async function moduleArrows(): Promise<ModuleArrows> {
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [
      'node_modules/dependency-cruiser/bin/dependency-cruise.mjs',
      ...['--config', '.dependency-cruiser.json', '--output-type', 'json'],
      ...['--exclude', String.raw`\.(spec|fixture)\.ts$|^sandbox/testing/`],
      ...['src', 'sandbox', 'migrations'],
    ],
    { maxBuffer: 64 * 1024 * 1024 },
  );
  const modules = new Set<string>();
  const arrows = new Set<string>();
  for (const { source, dependencies } of cruiseResult.parse(JSON.parse(stdout)).modules) {
    const from = moduleOf(source);
    if (from === null) continue;
    modules.add(from);
    for (const { resolved } of dependencies) {
      const to = moduleOf(resolved);
      if (to !== null && to !== from) arrows.add(`${from} --> ${to}`);
    }
  }
  return { modules: [...modules].sort(), arrows: [...arrows].sort() };
}

/** The folder below `src`, or the name of a file that lies beside them; null for what is not ours. */
function moduleOf(path: string): string | null {
  const [root, below] = path.split('/');
  if (root === 'sandbox' || root === 'migrations') return root;
  return root === 'src' && below !== undefined ? below.replace(/(\.module)?\.ts$/, '') : null;
}
