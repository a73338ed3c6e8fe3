import { expect } from '@jest/globals';
import type { Answer, CreatedInstance, TestApp } from './test-app.js';

export interface Tenant {
  id: string;
  name: string;
  suspended: boolean;
  createdAt: string;
}

export interface Key {
  id: string;
  name: string;
  prefix: string;
  rights: string[];
  createdAt: string;
  lastUsedAt: string | null;
  expiresAt: string | null;
}

/** With the key, as the answer that makes it shows it. */
export type Shown<Thing> = Thing & { apiKey: string };

export function bearer(key: string) {
  return { authorization: `Bearer ${key}` };
}

/** Tenants, their keys and their browsers, who call one app. */
export class Callers {
  private named = 0;

  constructor(private readonly app: TestApp) {}

  /** A new tenant with its first key. */
  async tenant(): Promise<Shown<Tenant>> {
    const name = `Tenant ${++this.named}`;
    return (await this.app.api<Shown<Tenant>>('POST', '/api/tenants', { name })).body;
  }

  async key(tenantId: string, input: object = {}): Promise<Shown<Key>> {
    const path = `/api/tenants/${tenantId}/api-keys`;
    return (await this.app.api<Shown<Key>>('POST', path, { name: 'Key', ...input })).body;
  }

  /** A call that brings these headers only. */
  async call(
    method: string,
    path: string,
    headers: Record<string, string>,
    body?: unknown,
  ): Promise<Answer<Record<string, unknown>>> {
    const response = await fetch(this.app.url + path, {
      method,
      headers: { ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
      body: body === undefined ? null : JSON.stringify(body),
    });
    const text = await response.text();
    const parsed = (text === '' ? null : JSON.parse(text)) as Record<string, unknown>;
    return { status: response.status, headers: response.headers, body: parsed };
  }

  asKey(apiKey: string, method: string, path: string, body?: unknown) {
    return this.call(method, path, bearer(apiKey), body);
  }

  async newInstance(apiKey: string): Promise<CreatedInstance> {
    const { body } = await this.asKey(apiKey, 'POST', '/api/instances', { name: 'Box' });
    return body as unknown as CreatedInstance;
  }

  /** The cookie of a new session, as a browser sends it back. */
  async login(apiKey: string): Promise<string> {
    const { status, headers } = await this.call('POST', '/api/session', {}, { apiKey });
    expect(status).toBe(201);
    return headers.getSetCookie()[0]!.split(';')[0]!;
  }

  /** An instant by the database's clock. */
  async fromNow(seconds: number): Promise<string> {
    const [{ at }] = await this.app.dataSource.query<[{ at: Date }]>(
      'SELECT evergrant_now() + make_interval(secs => $1) AS at',
      [seconds],
    );
    return at.toISOString();
  }
}
