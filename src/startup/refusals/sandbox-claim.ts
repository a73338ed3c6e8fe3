import { createHash } from 'node:crypto';
import { readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { makeDirectory } from '../../config/index.js';
import { sandboxAt } from './port-holder.js';

/**
 * The claim of one sandbox on a `DATA_DIR`: two would each keep their own grants in the same file, and the one would know
 * nothing of what the other has granted.
 */
export class SandboxClaim {
  /** What the sandbox of this folder calls itself; it tells nothing of the path. */
  readonly name: string;
  private readonly file: string;

  constructor(dataDir: string) {
    makeDirectory(resolve(dataDir));
    this.file = join(dataDir, 'sandbox-port');
    this.name = createHash('sha256').update(realpathSync(dataDir)).digest('hex').slice(0, 16);
  }

  /** The port on which the sandbox of a process that runs answers; null when none does. */
  async holder(): Promise<number | null> {
    const port = Number(this.read());
    if (!Number.isInteger(port) || port <= 0) return null;
    return (await sandboxAt(port)) === this.name ? port : null;
  }

  take(port: number): void {
    writeFileSync(this.file, String(port), { mode: 0o600 });
  }

  release(): void {
    rmSync(this.file, { force: true });
  }

  private read(): string {
    try {
      return readFileSync(this.file, 'utf8');
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
      return '';
    }
  }
}
