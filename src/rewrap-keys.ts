import 'reflect-metadata';
import { encryptionKeys, loadEnvironment, trustExtraCertificates } from './config/index.js';
import { countedRows, KeyRewrapping, type KeyNeed } from './credentials/index.js';
import { LateDatabase } from './database/index.js';
import { startDatabase, startFailureLine } from './startup/index.js';

/** `npm run rewrap-keys`: wraps all keys in the database with the first of `ENCRYPTION_KEYS`, so that the others can go. */
async function main(): Promise<void> {
  const environment = loadEnvironment(process.env);
  trustExtraCertificates(environment);
  const keys = encryptionKeys(environment);
  const running = await startDatabase(environment, say);
  const database = new LateDatabase(running.url);
  try {
    const left = await new KeyRewrapping(database, keys).run(({ what, rewrapped, unreadable }) =>
      say(`${rewrapped} of kind "${what}" wrapped anew${unreadable > 0 ? `, ${unreadable} not opened` : ''}`),
    );
    conclude(keys, left);
  } finally {
    await database.close();
    await running.leave();
  }
}

function conclude(keys: readonly { id: string }[], left: readonly KeyNeed[]): void {
  const [current, ...older] = keys.map(({ id }) => id);
  for (const need of left) say(`${countedRows([need])} still need the master key ${need.keyId}`);
  if (left.length > 0) {
    const reason =
      'another process may still have that key first, the key given may be another, or a row was changed';
    say(`Not done: ${reason}. Nothing was lost.`);
    process.exitCode = 1;
    return;
  }
  const free = older.length === 0 ? 'any other' : older.join(', ');
  say(`Done: all is wrapped with ${String(current)}, and no row needs ${free} any more.`);
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

main().catch((error: unknown) => {
  const line = startFailureLine(error) ?? (error instanceof Error ? error.stack : String(error)) ?? '';
  process.stderr.write(`The keys were not wrapped anew: ${line}\n`);
  process.exit(1);
});
