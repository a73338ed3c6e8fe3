import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Validator } from '@seriousme/openapi-schema-validator';
import { RestContract, type RestAnswer } from '../harness/rest-contract.js';
import { TestApp } from '../harness/test-app.js';
import { clientTypes, clientTypesFile, documentFile } from './client-types.js';
import { openApiText, undescribed } from './document.js';
import { operations } from './operations.js';

const committed = readFileSync(documentFile, 'utf8');

describe('docs/openapi.json', () => {
  it('is what `npm run openapi` makes of the code', async () => {
    expect(await openApiText()).toBe(committed);
  });

  it('is what the types of the tests’ client are made from', async () => {
    expect(await clientTypes(committed)).toBe(readFileSync(clientTypesFile, 'utf8'));
  });

  it('is valid OpenAPI 3.1', async () => {
    const validator = new Validator();
    expect(await validator.validate(committed)).toEqual({ valid: true });
    expect(validator.version).toBe('3.1');
  });

  it('says of every route what it does and what it answers', () => {
    for (const operation of operations) {
      const { summary, description } = operation;
      expect(summary).toMatch(/^[A-Z].*[^.]$/);
      expect(description).toMatch(/^[A-Z`0-9].*\.$/s);
      expect(Object.keys(operation.responses)).toEqual(
        expect.arrayContaining([expect.stringMatching(/^[23]/)]),
      );
    }
    const { tags, components } = JSON.parse(committed) as {
      tags: { name: string }[];
      components: { schemas: object };
    };
    const used = new Set(operations.flatMap((operation) => operation.tags));
    expect(tags.map(({ name }) => name).sort()).toEqual([...used].sort());
    expect(Object.keys(components.schemas)).toEqual(
      expect.arrayContaining(['LiveEvent', 'InstanceEvent', 'InstanceDeletedEvent', 'ResetEvent']),
    );
    const ids = operations.map(({ operationId }) => operationId);
    expect(new Set(ids).size).toBe(ids.length);
  });
});

describe('the answers that tests get', () => {
  const error = { error: 'Not found', instanceId: null, errorCode: 'NOT_FOUND', requiresReauth: false };
  const answered =
    (status: number, body: object, changes: Partial<RestAnswer> = {}) =>
    () => {
      const [method, path, contentType] = ['GET', '/api/instances/1', 'application/json; charset=utf-8'];
      new RestContract().check({ method, path, status, contentType, text: JSON.stringify(body), ...changes });
    };

  it('pass when the document declares them, or does not know the route', () => {
    expect(answered(404, error)).not.toThrow();
    expect(answered(418, {}, { path: '/api/unknown' })).not.toThrow();
  });

  it.each([
    ['an undeclared status', answered(418, error), /418, which is not declared/],
    ['another kind of body', answered(404, {}, { contentType: 'text/html' }), /text\/html/],
    ['a missing field', answered(200, { id: 'x' }), /must have required property/],
    ['an undeclared field', answered(404, { ...error, extra: 1 }), /additional properties/],
    [
      'an undeclared code',
      answered(404, { ...error, errorCode: 'CONFLICT' }),
      /CONFLICT, which is not declared/,
    ],
    [
      'fields in another order',
      answered(404, Object.fromEntries(Object.entries(error).reverse())),
      /four fields/,
    ],
  ])('fail the test for %s', (_case, check, message) => {
    expect(check).toThrow(message);
  });
});

describe('the running application', () => {
  let app: TestApp;
  beforeAll(async () => void (app = await TestApp.start()));
  afterAll(() => app.stop());

  it('serves the document, without a key', async () => {
    const response = await fetch(`${app.url}/api/openapi.json`);
    expect(response.headers.get('content-type')).toBe('application/json; charset=utf-8');
    expect(await response.text()).toBe(committed);
  });

  it('answers the routes of the document and, MCP and preflights left out, no others', () => {
    const registered = app.routes.filter((route) => {
      const [method, path = ''] = route.split(' ');
      return method !== 'OPTIONS' && !undescribed.test(path);
    });
    const documented = operations.map(({ method, path }) => `${method} ${path.replace(/\{(\w+)\}/g, ':$1')}`);
    expect([...new Set(registered)].sort()).toEqual(documented.sort());
  });

  it.each(operations.map(({ method, path, security }) => [method, path, security.length] as const))(
    'asks a key for %s %s as documented',
    async (method, path, schemes) => {
      const response = await fetch(app.url + path.replace(/\{\w+\}/g, 'unknown'), {
        method,
        redirect: 'manual',
      });
      expect(response.status === 401).toBe(schemes > 0);
    },
  );
});
