// Takes part in the embedded PostgreSQL of a DATA_DIR, as `node embedded-server.mjs <DATA_DIR> [launch mode]`:
// prints its URL, and leaves when a line comes in.
import { EmbeddedPostgres } from '../../dist/src/database/embedded/embedded-postgres.js';
import { LaunchMode } from '../../dist/src/database/embedded/launch-mode.js';

const [dataDir, mode] = process.argv.slice(2);
const postgres = await EmbeddedPostgres.start({
  dataDir,
  log: (line) => console.log(line),
  settings: ['fsync=off'],
  ...(mode ? { launchMode: LaunchMode[mode]() } : {}),
});
console.log(`URL ${postgres.url}`);
process.stdin.once('data', async () => {
  await postgres.leave();
  process.exit(0);
});
