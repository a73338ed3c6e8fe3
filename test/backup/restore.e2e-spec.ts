import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { DebianPostgres } from '../harness/database/debian-postgres.js';
import { queryOnce } from '../harness/database/query-once.js';
import { EventStream } from '../harness/event-stream.js';
import { NodeProcess, repository, temporaryFolder } from '../harness/node-process.js';
import { adminApiKey, Deployment, type Member } from '../processes/deployment.js';

// Servers are made, and real processes start.
jest.setTimeout(120_000);

if (DebianPostgres.programs === null)
  process.stderr.write('Skipped: backups, for PostgreSQL is not installed (apt-get install postgresql)\n');

const page = readFileSync(join(repository, 'docs/operations.md'), 'utf8');

/** A block of docs/operations.md, by how it begins. */
function documented(beginning: string): string {
  const block = [...page.matchAll(/```(?:sh|sql)\n([^`]+)```/g)].find(([, text]) =>
    text!.startsWith(beginning),
  );
  if (!block) throw new Error(`docs/operations.md no longer says ${beginning}`);
  return block[1]!;
}

const password = 'password-of-the-user-of-evergrant';
const withCreateRole = [
  `CREATE ROLE evergrant LOGIN CREATEROLE PASSWORD '${password}'`,
  'CREATE DATABASE evergrant OWNER evergrant',
];

/** Several statements, each by itself: databases are made outside of transactions. */
async function administer(server: DebianPostgres, statements: readonly string[]): Promise<void> {
  for (const statement of statements) await queryOnce(server.adminUrl, statement);
}

function urlAt(server: DebianPostgres): string {
  return server.url('evergrant', password, 'evergrant');
}

(DebianPostgres.programs === null ? describe.skip : describe)('a backup by pg_dump', () => {
  const folder = temporaryFolder();
  let source: DebianPostgres;
  let target: DebianPostgres;
  let deployment: Deployment;
  let instance: string;
  let theirs: { id: string; apiKey: string };
  let lastEventId: string;

  /** Runs a line of docs/operations.md. */
  async function run(line: string, databaseUrl: string): Promise<{ code: number | null; stderr: string }> {
    const variables = { DATABASE_URL: databaseUrl, PATH: `${DebianPostgres.programs}:${process.env.PATH}` };
    const shell = NodeProcess.start(['-c', `cd '${folder.path}' && ${line}`], variables, 'bash');
    return { code: await shell.exitCode(), stderr: shell.stderr };
  }

  const restore = (url: string, { stopsAtErrors = true } = {}) => {
    const line = documented('pg_restore');
    return run(stopsAtErrors ? line : line.replace('--exit-on-error ', ''), url);
  };

  /** A start that is over soon: what it says. */
  async function refusal(databaseUrl: string): Promise<string> {
    const started = deployment.publicApi({ DATABASE_URL: databaseUrl });
    const error = await started.then(
      () => new Error('It started'),
      (thrown: unknown) => thrown as Error,
    );
    return error.message;
  }

  beforeAll(async () => {
    source = await DebianPostgres.start();
    await administer(source, withCreateRole);
    // A server of many transactions, the numbers of which are far ahead of a new one's.
    await queryOnce(
      source.adminUrl,
      'DO $$ BEGIN FOR n IN 1..20000 LOOP PERFORM pg_current_xact_id(); COMMIT; END LOOP; END $$',
    );
    deployment = await Deployment.start({
      url: urlAt(source),
      adminUrl: source.adminUrl,
      drop: () => Promise.resolve(),
    });
    const api = await deployment.publicApi();
    instance = await deployment.mailbox(api, 'kept@sandbox.test');
    theirs = await deployment.request(api, 'POST', '/api/tenants', { name: 'theirs' });
    const stream = await EventStream.open(`${api.url}/api/events`, {
      authorization: `Bearer ${adminApiKey}`,
    });
    await deployment.request(api, 'PATCH', `/api/instances/${instance}`, { name: 'Kept' });
    lastEventId = (await stream.next()).id;
    stream.close();
    expect(await run(documented('pg_dump'), urlAt(source))).toEqual({ code: 0, stderr: '' });
    await api.process.stop();
  });
  beforeEach(async () => {
    target = await DebianPostgres.start();
  });
  afterEach(async () => {
    await deployment.stopProcesses();
    await target.remove();
  });
  afterAll(async () => {
    await deployment.stop();
    await source.remove();
    folder.remove();
  });

  /** What a person would miss: instances, tokens, walls and live events. */
  async function expectAllThere(api: Member): Promise<void> {
    const listed = await deployment.request<{ items: object[] }>(api, 'GET', '/api/instances');
    expect(listed).toMatchObject({
      status: 200,
      items: [{ id: instance, name: 'Kept', requiresReauth: false }],
    });
    expect(await deployment.refresh(api, instance)).toMatchObject({ status: 200, stale: false });
    const foreign = await deployment.request(
      api,
      'GET',
      `/api/instances/${instance}`,
      undefined,
      theirs.apiKey,
    );
    expect(foreign.status).toBe(404);
    const ours = { authorization: `Bearer ${adminApiKey}` };
    const stream = await EventStream.open(`${api.url}/api/events`, { ...ours, 'last-event-id': lastEventId });
    expect(await stream.next()).toMatchObject({ type: 'reset' });
    await deployment.request(api, 'PATCH', `/api/instances/${instance}`, { name: 'Kept' });
    expect((await stream.next()).data).toMatchObject({ id: instance });
    stream.close();
    expect(await (await fetch(`${api.url}/metrics`)).text()).toMatch(
      /^evergrant_change_feed_lag_seconds 0$/m,
    );
  }

  it('read in on another server as documented serves every mailbox', async () => {
    const made = documented('CREATE ROLE evergrant_tenant NOLOGIN;\nCREATE ROLE').replace('…', password);
    await administer(target, made.split(';\n').filter(Boolean));
    expect(await restore(urlAt(target))).toEqual({ code: 0, stderr: '' });
    const api = await deployment.publicApi({ DATABASE_URL: urlAt(target) });
    await expectAllThere(api);
    expect(api.process.stdout).not.toContain('was missing');
  });

  it('read in without the role gets its walls back at the start, which says so', async () => {
    await administer(target, withCreateRole);
    const { code, stderr } = await restore(urlAt(target), { stopsAtErrors: false });
    expect([code, stderr]).toEqual([1, expect.stringContaining('role "evergrant_tenant" does not exist')]);
    const api = await deployment.publicApi({ DATABASE_URL: urlAt(target) });
    await expectAllThere(api);
    expect(api.process.stdout).toContain('what stands between tenants was missing');
  });

  it('read in for a user who may not make the role is refused with words that mend it', async () => {
    await administer(
      target,
      withCreateRole.map((each) => each.replace('CREATEROLE', '')),
    );
    await restore(urlAt(target), { stopsAtErrors: false });
    const [, words] = /has to run, for that user: (.*)$/m.exec(await refusal(urlAt(target))) ?? [];
    await administer(target, words!.replace('"user"', 'evergrant').split('; '));
    await expectAllThere(await deployment.publicApi({ DATABASE_URL: urlAt(target) }));
  });

  it('read in as the administrator is refused, since the tables are not Evergrant’s', async () => {
    await administer(target, withCreateRole);
    const asAdministrator = Object.assign(new URL(target.adminUrl), { pathname: '/evergrant' }).href;
    await restore(asAdministrator, { stopsAtErrors: false });
    expect(await refusal(urlAt(target))).toMatch(
      /DATABASE_URL: its user does not own the tables.*--no-owner/,
    );
  });
});
