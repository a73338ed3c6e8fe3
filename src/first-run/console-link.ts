import { rename, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { RunningEvergrant } from '../startup/index.js';
import type { BannerFacts } from './banner.js';

/**
 * A new link that opens the console as the operator, once, kept in a file as well, for output that is no terminal. Only
 * beside an embedded database: elsewhere the operator has the key that was given to the deployment.
 */
export async function consoleLink({
  environment,
  signInCode,
}: RunningEvergrant): Promise<BannerFacts['console']> {
  const { publicUrl, DATA_DIR, usesEmbeddedDatabase } = environment;
  const code = usesEmbeddedDatabase ? await signInCode() : null;
  if (code === null) return null;
  // Browsers send the fragment of an address to no server.
  const link = `${publicUrl}/#/sign-in/${code}`;
  const file = resolve(join(DATA_DIR, 'console-link'));
  await writeFile(`${file}.new`, `${link}\n`, { mode: 0o600 });
  await rename(`${file}.new`, file);
  return { link, file };
}
