import 'reflect-metadata';
import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import {
  chainFaults,
  ExportUnreadable,
  sealKey,
  StoredChains,
  verifyExport,
  type ChainPlace,
  type ChainVerdict,
} from './audit/index.js';
import { encryptionKeys, loadEnvironment, trustExtraCertificates } from './config/index.js';
import { DataKeys, MasterKeyring } from './credentials/index.js';
import { LateDatabase, rows } from './database/index.js';
import { startDatabase, startFailureLine } from './startup/index.js';

const usage = `npm run audit:verify -- [--tenant <id or name>] [--head <sequence>:<hash>]
npm run audit:verify -- --file <export> [--head <sequence>:<hash>] [--seals]`;

interface Wishes {
  tenant?: string | undefined;
  file?: string | undefined;
  noted: readonly ChainPlace[];
  seals: boolean;
}

/** `npm run audit:verify`: walks the audit chains of all tenants, of one, or of an export, and names the first broken event. */
async function main(): Promise<void> {
  const wishes = wishesOf(process.argv.slice(2));
  if (wishes === null) {
    process.stderr.write(`${usage}\n`);
    process.exitCode = 2;
    return;
  }
  const isWhole = await (wishes.file === undefined || wishes.seals
    ? withDatabase((database, key) => verified(wishes, { database, key }))
    : verified(wishes, null));
  if (!isWhole) process.exitCode = 1;
}

function wishesOf(args: string[]): Wishes | null {
  try {
    const { tenant, file, head, seals } = parseArgs({
      args,
      options: {
        tenant: { type: 'string' },
        file: { type: 'string' },
        head: { type: 'string', multiple: true },
        seals: { type: 'boolean', default: false },
      },
    }).values;
    const noted = (head ?? []).map(placeOf);
    // A place is one of a certain chain.
    if (noted.length > 0 && tenant === undefined && file === undefined) return null;
    return { tenant, file, noted, seals };
  } catch {
    return null;
  }
}

function placeOf(given: string): ChainPlace {
  const [, sequence, hash] = /^(\d{1,15}):([0-9a-f]{64})$/.exec(given) ?? [];
  if (sequence === undefined || hash === undefined) throw new TypeError('no place of a chain');
  return { sequence: Number(sequence), hash };
}

async function withDatabase(
  work: (database: LateDatabase, key: Buffer) => Promise<boolean>,
): Promise<boolean> {
  const environment = loadEnvironment(process.env);
  trustExtraCertificates(environment);
  const keys = encryptionKeys(environment);
  const running = await startDatabase(environment, say);
  const database = new LateDatabase(running.url);
  try {
    const dataKeys = new DataKeys(database, new MasterKeyring(keys));
    return await work(database, sealKey(await dataKeys.auditKey()));
  } finally {
    await database.close();
    await running.leave();
  }
}

function verified(wishes: Wishes, stored: { database: LateDatabase; key: Buffer } | null): Promise<boolean> {
  if (wishes.file !== undefined) return verifiedExport(wishes.file, wishes, stored?.key ?? null);
  if (stored === null) throw new Error('The chains are in a database');
  return verifiedChains(stored.database, stored.key, wishes);
}

async function verifiedChains(database: LateDatabase, key: Buffer, wishes: Wishes): Promise<boolean> {
  const chains = new StoredChains(database, key);
  const tenantIds =
    wishes.tenant === undefined ? await chains.tenantIds() : await tenantsNamed(database, wishes.tenant);
  let isWhole = true;
  for (const tenantId of tenantIds) {
    const what = `Tenant ${tenantId}`;
    const verdict = await chains.verify(tenantId, wishes.noted, progressOf(what));
    tell(what, verdict);
    isWhole &&= verdict.status === 'whole';
  }
  if (tenantIds.length > 0) return isWhole;
  say(wishes.tenant === undefined ? 'There is no chain yet.' : 'There is no such tenant.');
  return wishes.tenant === undefined;
}

async function tenantsNamed(database: LateDatabase, tenant: string): Promise<string[]> {
  const found = await rows<{ id: string }>(
    database,
    'SELECT id FROM tenants WHERE id::text = $1 OR name = $1',
    [tenant],
  );
  return found.map(({ id }) => id);
}

async function verifiedExport(file: string, { noted }: Wishes, key: Buffer | null): Promise<boolean> {
  const lines = createInterface({ input: createReadStream(file), crlfDelay: Infinity });
  const { tenantId, verdict } = await verifyExport(lines, { noted, sealKey: key });
  tell(`Export of tenant ${tenantId ?? 'unknown'}`, verdict);
  if (key === null) say('Seals were not checked: --seals does, with the database and ENCRYPTION_KEYS.');
  return verdict.status === 'whole';
}

/** Every hundred thousand events. */
function progressOf(what: string): (events: number) => void {
  return (events) => {
    if (events % 100_000 === 0) say(`${what}: ${events} events so far`);
  };
}

function tell(what: string, verdict: ChainVerdict): void {
  if (verdict.status === 'broken') {
    say(`${what}: BROKEN at event ${verdict.sequence} (${verdict.fault}): ${chainFaults[verdict.fault]}`);
    return;
  }
  const { events, head } = verdict;
  say(`${what}: whole, ${events} events; head ${head.sequence}:${head.hash}`);
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

main().catch((error: unknown) => {
  const line =
    error instanceof ExportUnreadable
      ? error.message
      : (startFailureLine(error) ?? (error instanceof Error ? error.stack : String(error)) ?? '');
  process.stderr.write(`The audit log was not verified: ${line}\n`);
  process.exit(1);
});
