import { randomUUID } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { until } from '../../sandbox/index.js';
import { refresh } from '../harness/access-tokens.js';
import { newMailbox, type TestMailbox } from '../harness/mailboxes.js';
import { TestApp } from '../harness/test-app.js';
import { startOutage } from '../harness/database/database-outage.js';
import { presentedRefreshTokens } from '../harness/oauth/google-ledger.js';

let app: TestApp;
let dataDir: string;
const folders: string[] = [];
beforeAll(async () => {
  app = await TestApp.start();
  await app.google.configure({ rotation: 'rotate-and-revoke-family' });
});
afterAll(async () => {
  await app.stop();
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'evergrant-spill-'));
  folders.push(dataDir);
});

function processOn(folder: string) {
  return TestApp.start({ DATA_DIR: folder }, { beside: app });
}

function files() {
  return existsSync(join(dataDir, 'spill')) ? readdirSync(join(dataDir, 'spill')) : [];
}

/** Lets the provider answer with a rotated token while the database is away. */
async function rotateInOutage(at: TestApp, box: TestMailbox): Promise<() => Promise<void>> {
  const { account } = box;
  await app.google.addFault({ target: 'token', match: { account }, fault: { kind: 'hold' } });
  const asked = refresh(at, box.id);
  await app.google.heldRequests({ atLeast: 1 });
  const endOutage = await startOutage(app.environment.DATABASE_URL!);
  await app.google.clearFaults();
  await app.google.release();
  expect(await asked).toMatchObject({ status: 200, body: { stale: false, source: 'direct' } });
  return endOutage;
}

async function expectAlive({ account }: TestMailbox): Promise<void> {
  const tokens = await presentedRefreshTokens(app, account);
  expect(new Set(tokens).size).toBe(tokens.length);
  const { grants } = await app.google.ledger();
  expect(grants.findLast((grant) => grant.account === account)).toMatchObject({ alive: true });
}

describe('a rotated token that the database could not take', () => {
  it('is served, waits on disk sealed and for its owner only, and is stored when the database is back', async () => {
    const box = await newMailbox(app);
    const at = await processOn(dataDir);
    const endOutage = await rotateInOutage(at, box);
    const [name] = files();
    const path = join(dataDir, 'spill', name!);
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(statSync(join(dataDir, 'spill')).mode & 0o777).toBe(0o700);
    expect(readFileSync(path, 'utf8')).not.toMatch(/ya29|1\/\//);
    const metrics = await (await fetch(`${at.url}/metrics`)).text();
    expect(metrics).toContain('evergrant_spilled_refreshes 1');
    await endOutage();
    await until('it is stored', () => files().length === 0);
    expect((await refresh(app, box.id)).body.stale).toBe(false);
    await expectAlive(box);
    await at.stop();
  });

  it('outlives the process: the next one on the same disk stores it before anything is presented again', async () => {
    const box = await newMailbox(app);
    const dying = await processOn(dataDir);
    const endOutage = await rotateInOutage(dying, box);
    await dying.stop();
    expect(files()).toHaveLength(1);
    await endOutage();
    const next = await processOn(dataDir);
    expect((await refresh(next, box.id)).body).toMatchObject({ stale: false });
    expect((await refresh(next, box.id)).body).toMatchObject({ stale: false });
    expect(files()).toEqual([]);
    await expectAlive(box);
    await next.stop();
  });

  it('is given up for a newer consent', async () => {
    const box = await newMailbox(app);
    const dying = await processOn(dataDir);
    const endOutage = await rotateInOutage(dying, box);
    await dying.stop();
    await endOutage();
    await app.google.configure({ issueRefreshToken: 'always' });
    await app.connect(box.id, { account: box.account });
    await app.google.configure({ issueRefreshToken: 'google' });
    const next = await processOn(dataDir);
    await until('it is given up', () => files().length === 0);
    expect((await refresh(next, box.id)).body).toMatchObject({ stale: false });
    await expectAlive(box);
    await next.stop();
  });
});

describe('a file that is not what it should be', () => {
  it.each(['', '{', '{"answeredAtMs":1,"sealed":{}}'])(
    'is put aside and logged, and the process starts: %j',
    async (text) => {
      mkdirSync(join(dataDir, 'spill'));
      writeFileSync(join(dataDir, 'spill', 'x.json'), text);
      const at = await processOn(dataDir);
      expect(files()).toEqual(['x.json.damaged']);
      expect(at.log.join('')).toContain('damaged and was put aside');
      await at.stop();
    },
  );
});

describe('a file of another deployment', () => {
  it('is put aside: the credential is not in this database', async () => {
    const box = await newMailbox(app);
    const dying = await processOn(dataDir);
    const endOutage = await rotateInOutage(dying, box);
    await dying.stop();
    await endOutage();
    const [name = ''] = files();
    const path = join(dataDir, 'spill', name);
    const text = readFileSync(path, 'utf8');
    const { sealed } = JSON.parse(text) as { sealed: { credentialId: string } };
    writeFileSync(path, text.replace(sealed.credentialId, randomUUID()));
    const next = await processOn(dataDir);
    await until('it is put aside', () => files().includes(`${name}.foreign`));
    await next.stop();
  });
});

describe('a disk that takes nothing', () => {
  it('costs the caller nothing', async () => {
    const box = await newMailbox(app);
    writeFileSync(join(dataDir, 'spill'), 'in the way');
    const at = await processOn(dataDir);
    const endOutage = await rotateInOutage(at, box);
    await endOutage();
    // As long as the process lives it knows the token, once its connections are back.
    await until('it is stored', async () => !(await refresh(at, box.id)).body.stale);
    expect((await refresh(at, box.id)).body).toMatchObject({ stale: false });
    await expectAlive(box);
    await at.stop();
  });
});
