import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { connectMailbox, passConsent, pressConnectButton } from '../../sandbox/index.js';
import { bearer, Callers, type Shown, type Tenant } from '../harness/callers.js';
import { TestApp } from '../harness/test-app.js';

let app: TestApp;
let callers: Callers;
beforeAll(async () => {
  app = await TestApp.start();
  callers = new Callers(app);
});
afterAll(() => app.stop());

function suspend({ id }: Tenant, suspended = true) {
  return app.api<Tenant>('PATCH', `/api/tenants/${id}`, { suspended });
}

/** A connect link of a new instance of the tenant. */
async function connectLink({ apiKey }: Shown<Tenant>): Promise<{ id: string; link: string }> {
  const { id } = await callers.newInstance(apiKey);
  const { body } = await callers.asKey(apiKey, 'POST', `/api/instances/${id}/start-oauth`, {});
  return { id, link: body.authorizationUrl as string };
}

async function endOf(link: string) {
  const { searchParams } = new URL(await connectMailbox(link));
  return { connected: searchParams.get('connected'), error: searchParams.get('error') };
}

describe('a suspended tenant', () => {
  it('is shown as one, and suspended again stays so', async () => {
    const tenant = await callers.tenant();
    expect(tenant.suspended).toBe(false);
    expect((await suspend(tenant)).body.suspended).toBe(true);
    expect((await suspend(tenant)).body.suspended).toBe(true);
    expect((await app.api<Tenant>('GET', `/api/tenants/${tenant.id}`)).body.suspended).toBe(true);
    expect((await suspend(tenant, false)).body.suspended).toBe(false);
  });

  it.each([
    ['nothing', {}],
    ['no boolean', { suspended: 'yes' }],
    ['something else', { suspended: true, name: 'x' }],
  ])('is not made by %s', async (_case, input) => {
    const { id } = await callers.tenant();
    const { status, body } = await app.api('PATCH', `/api/tenants/${id}`, input);
    expect([status, body.errorCode]).toEqual([400, 'VALIDATION_FAILED']);
  });

  it('is the operator’s matter alone, and one that is not there is not found', async () => {
    const tenant = await callers.tenant();
    const own = await callers.asKey(tenant.apiKey, 'PATCH', `/api/tenants/${tenant.id}`, {
      suspended: false,
    });
    expect(own.status).toBe(403);
    const unknown = { ...tenant, id: '00000000-0000-4000-8000-000000000000' };
    expect((await suspend(unknown)).status).toBe(404);
  });

  it('has its key, its session and its new session refused with a reason of its own', async () => {
    const tenant = await callers.tenant();
    const cookie = await callers.login(tenant.apiKey);
    await suspend(tenant);
    const refusals = [
      await callers.asKey(tenant.apiKey, 'GET', '/api/instances'),
      await callers.call('GET', '/api/session', { cookie }),
      await callers.call('POST', '/api/session', {}, { apiKey: tenant.apiKey }),
    ];
    for (const { status, body } of refusals) {
      expect(status).toBe(403);
      expect(body).toMatchObject({
        errorCode: 'FORBIDDEN',
        reason: 'tenant_suspended',
        requiresReauth: false,
      });
    }
    await suspend(tenant, false);
    expect((await callers.call('GET', '/api/session', { cookie })).status).toBe(200);
  });

  it('has its MCP tokens refused as such, with the reason', async () => {
    const tenant = await callers.tenant();
    const { id, mcpToken } = await callers.newInstance(tenant.apiKey);
    await suspend(tenant);
    const { status, body } = await callers.call('POST', `/mcp/${id}`, bearer(mcpToken), {});
    expect(status).toBe(401);
    expect(body).toMatchObject({ errorCode: 'UNAUTHENTICATED', reason: 'tenant_suspended' });
  });

  it('connects no mailbox by a link from before, which serves again once it is resumed', async () => {
    const tenant = await callers.tenant();
    const { id, link } = await connectLink(tenant);
    await suspend(tenant);
    expect(await endOf(link)).toEqual({ connected: null, error: 'state_expired' });
    await suspend(tenant, false);
    expect(await endOf(link)).toEqual({ connected: id, error: null });
  });

  it('connects none that was at Google already', async () => {
    const tenant = await callers.tenant();
    const { id, link } = await connectLink(tenant);
    const { location, cookie } = await pressConnectButton(link);
    const callback = await passConsent(location, {});
    await suspend(tenant);
    const refused = await fetch(callback, { redirect: 'manual', headers: { cookie: cookie! } });
    expect(refused.headers.get('location')).toContain('error=state_expired');
    const { body } = await app.api('GET', `/api/instances/${id}`, undefined, {
      'x-evergrant-tenant': tenant.id,
    });
    expect(body.oauthStatus).toBe('pending');
  });

  it('keeps its grants: after an hour it is resumed and served without a new sign-in', async () => {
    const tenant = await callers.tenant();
    const { id, link } = await connectLink(tenant);
    expect(await endOf(link)).toEqual({ connected: id, error: null });
    const { apiKey } = await callers.key(tenant.id, { rights: ['access-tokens:read'] });
    const token = () => callers.asKey(apiKey, 'GET', `/api/instances/${id}/access-token`);
    expect((await token()).status).toBe(200);
    await suspend(tenant);
    expect((await token()).status).toBe(403);
    await app.advance(3_700);
    await suspend(tenant, false);
    expect((await token()).status).toBe(200);
  });
});
