import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { adminApiKey, TestApp } from '../harness/test-app.js';
import { Callers } from '../harness/callers.js';

let app: TestApp;
beforeAll(async () => void (app = await TestApp.start()));
afterAll(() => app.stop());

type Body = NonNullable<RequestInit['body']>;

const authorization = `Bearer ${adminApiKey}`;

function post(path: string, body: Body | null, headers: Record<string, string> = {}): Promise<Response> {
  return fetch(app.url + path, { method: 'POST', headers: { authorization, ...headers }, body });
}

function form() {
  const fields = new FormData();
  fields.set('name', 'From a form');
  return fields;
}

describe('REST', () => {
  it.each<[string, Body, string]>([
    ['application/x-www-form-urlencoded', 'name=From+a+form', 'application/x-www-form-urlencoded'],
    ['text/plain', '{"name":"From a form"}', 'text/plain'],
    ['text/plain;charset=UTF-8', '{"name":"From a form"}', 'text/plain'],
    ['multipart/form-data', form(), 'multipart/form-data'],
    ['application/xml', '<name/>', 'application/xml'],
    ['application/merge-patch+json', '{"name":"x"}', 'application/merge-patch+json'],
  ])('refuses a body of %s and names it', async (type, body, named) => {
    const headers: Record<string, string> = type === 'multipart/form-data' ? {} : { 'content-type': type };
    const response = await post('/api/instances', body, headers);
    expect(response.status).toBe(415);
    expect(await response.json()).toMatchObject({
      error: `The request body must be application/json, and is ${named}`,
      instanceId: null,
      errorCode: 'UNSUPPORTED_MEDIA_TYPE',
      requiresReauth: false,
      field: 'Content-Type',
    });
    const { body: list } = await app.api<{ items: unknown[] }>('GET', '/api/instances');
    expect(list.items).toEqual([]);
  });

  it('opens no session for a form, which any page may send', async () => {
    const { apiKey } = await new Callers(app).tenant();
    const response = await post('/api/session', new URLSearchParams({ apiKey }), {});
    expect([response.status, response.headers.getSetCookie()]).toEqual([415, []]);
  });

  it('takes JSON by any spelling of its name, and requests without a body', async () => {
    for (const type of ['application/json', 'Application/JSON; charset=utf-8'])
      expect((await post('/api/instances', '{"name":"Box"}', { 'content-type': type })).status).toBe(201);
    const { items } = (await app.api<{ items: { id: string }[] }>('GET', '/api/instances')).body;
    for (const { id } of items) {
      expect((await post(`/api/instances/${id}/start-oauth`, null)).status).toBe(200);
      expect((await post(`/api/instances/${id}/mcp-tokens`, null)).status).toBe(201);
      expect((await app.api('DELETE', `/api/instances/${id}`)).status).toBe(204);
    }
  });
});
