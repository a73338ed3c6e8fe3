import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { filter, firstValueFrom } from 'rxjs';
import { ChangeFeed } from '../../src/database/index.js';
import { refresh } from '../harness/access-tokens.js';
import { adminApiKey, TestApp } from '../harness/test-app.js';
import { EventStream } from '../harness/event-stream.js';

let first: TestApp;
let second: TestApp;
const streams: EventStream[] = [];
beforeAll(async () => {
  first = await TestApp.start();
  second = await TestApp.start({}, { beside: first });
  await first.dataSource.query("INSERT INTO tenants (name) VALUES ('other')");
});
afterAll(async () => {
  await second.stop();
  await first.stop();
});
afterEach(() => streams.splice(0).forEach((stream) => stream.close()));

async function listen(app: TestApp, headers: Record<string, string> = {}): Promise<EventStream> {
  const stream = await EventStream.open(`${app.url}/api/events`, {
    authorization: `Bearer ${adminApiKey}`,
    ...headers,
  });
  streams.push(stream);
  return stream;
}

/** Reads on until each of the instances was told of as is wanted; a change from before may have settled only now. */
async function toldOfAll(
  stream: EventStream,
  ids: readonly string[],
  wanted: (data: Record<string, unknown>) => boolean,
): Promise<void> {
  const waiting = new Set<unknown>(ids);
  while (waiting.size > 0) {
    const { data } = await stream.next();
    if (wanted(data)) waiting.delete(data.id);
  }
}

describe('GET /api/events', () => {
  it('tells of a new, a changed and a deleted instance, made by another process, within a second', async () => {
    const stream = await listen(first);
    const { id } = await second.createInstance({ name: 'New' });
    expect(await stream.next()).toMatchObject({ type: 'instance', data: { id, name: 'New' } });
    const changedAt = performance.now();
    await second.api('PATCH', `/api/instances/${id}`, { name: 'Changed' });
    expect(await stream.next()).toMatchObject({ type: 'instance', data: { id, name: 'Changed' } });
    expect(performance.now() - changedAt).toBeLessThan(1_500);
    await second.api('DELETE', `/api/instances/${id}`);
    expect(await stream.next()).toMatchObject({ type: 'instance-deleted', data: { id } });
  });

  it('shows an instance as the REST API does', async () => {
    const stream = await listen(first);
    const { id } = await first.createInstance({ name: 'Alike' });
    const told = await stream.next();
    expect(told.data).toEqual((await first.api('GET', `/api/instances/${id}`)).body);
  });

  it('tells of a consent, a refresh and a dead grant, for every instance that shares it', async () => {
    await first.google.addAccount({ email: 'live@sandbox.test' });
    const choice = { account: 'live@sandbox.test' };
    const pair = [await first.connectedInstance(choice), await first.connectedInstance(choice)];
    const ids = pair.map(({ id }) => id);
    const stream = await listen(second);
    const told = (wanted: (data: Record<string, unknown>) => boolean) => toldOfAll(stream, ids, wanted);
    await refresh(first, pair[0]!.id);
    await told(({ requiresReauth }) => requiresReauth === false);

    await first.google.revokeGrants({ account: 'live@sandbox.test' });
    await refresh(first, pair[0]!.id);
    await told(({ requiresReauth }) => requiresReauth === true);

    await first.connect(pair[0]!.id, choice);
    await told(({ requiresReauth }) => requiresReauth === false);
  });

  it('goes on where it was left, by Last-Event-ID, on any replica', async () => {
    const before = await listen(first);
    const one = await first.createInstance();
    const { id: lastEventId } = await before.next();
    before.close();
    const missed = [await first.createInstance(), await second.createInstance()];
    const after = await listen(second, { 'last-event-id': lastEventId });
    expect((await after.next()).data.id).toBe(missed[0]!.id);
    expect((await after.next()).data.id).toBe(missed[1]!.id);
    const live = await second.createInstance();
    expect((await after.next()).data.id).toBe(live.id);
    expect(after.seen.map(({ data }) => data.id)).not.toContain(one.id);
  });

  it('loses nothing of what many writers commit at once', async () => {
    const stream = await listen(first);
    const created = await Promise.all(
      Array.from({ length: 60 }, (_, n) => (n % 2 === 0 ? first : second).createInstance()),
    );
    const told = new Set<unknown>();
    while (told.size < created.length) told.add((await stream.next()).data.id);
    expect(told).toEqual(new Set(created.map(({ id }) => id)));
  });

  it('keeps the order of transactions, though the younger one commits first', async () => {
    const { id } = await first.createInstance();
    const older = new pg.Client({ connectionString: first.environment.DATABASE_URL });
    await older.connect();
    const stream = await listen(first);
    await older.query('BEGIN');
    await older.query("UPDATE mcp_instances SET name = 'Older' WHERE id = $1", [id]);
    const committed = firstValueFrom(
      first.part(ChangeFeed).committed.pipe(filter((batch) => batch.length > 0)),
    );
    const younger = await second.createInstance();
    expect((await committed).map(({ instanceId }) => instanceId)).toContain(younger.id);
    await older.query('COMMIT');
    await older.end();
    expect((await stream.next()).data).toMatchObject({ id, name: 'Older' });
    expect((await stream.next()).data.id).toBe(younger.id);
  });

  it('says to read everything anew when that is longer ago than it remembers', async () => {
    const stream = await listen(first);
    await first.createInstance();
    const { id: lastEventId } = await stream.next();
    await first.advance(3700);
    const late = await listen(first, { 'last-event-id': lastEventId });
    expect(await late.next()).toMatchObject({ type: 'reset', data: {} });
    const { id } = await first.createInstance();
    expect((await late.next()).data.id).toBe(id);
  });

  it('tells one tenant nothing of another', async () => {
    const tenant = { 'x-evergrant-tenant': 'other' };
    const [ours, theirs] = [await listen(first), await listen(first, tenant)];
    const { body } = await first.api<{ id: string }>('POST', '/api/instances', { name: 'Theirs' }, tenant);
    expect((await theirs.next()).data.id).toBe(body.id);
    const { id } = await first.createInstance();
    expect((await ours.next()).data.id).toBe(id);
    expect(theirs.seen).toHaveLength(1);
  });

  it('ends for a key that was deleted meanwhile', async () => {
    const tenant = await first.api<{ id: string }>('POST', '/api/tenants', { name: 'leaving' });
    const keys = `/api/tenants/${tenant.body.id}/api-keys`;
    const { body } = await first.api<{ id: string; apiKey: string }>('POST', keys, { name: 'Console' });
    const stream = await listen(second, { authorization: `Bearer ${body.apiKey}` });
    const deletedAt = performance.now();
    expect((await first.api('DELETE', `${keys}/${body.id}`)).status).toBe(204);
    await stream.ended;
    expect(performance.now() - deletedAt).toBeLessThan(1_500);
  });

  it('refuses a Last-Event-ID that is not its own, and names the header', async () => {
    const answer = await first.api('GET', '/api/events', undefined, { 'last-event-id': 'x' });
    expect(answer.status).toBe(400);
    expect(answer.body).toMatchObject({ errorCode: 'VALIDATION_FAILED', field: 'Last-Event-ID' });
  });

  it('is not for who has no key', async () => {
    const answer = await first.api('GET', '/api/events', undefined, { authorization: 'Bearer x' });
    expect(answer.status).toBe(401);
  });

  it('ends when its process shuts down, which it does not hold up', async () => {
    const third = await TestApp.start({}, { beside: first });
    const stream = await listen(third);
    const startedAt = performance.now();
    await third.stop();
    await stream.ended;
    expect(performance.now() - startedAt).toBeLessThan(5_000);
  });
});
