import { describe, expect, it } from '@jest/globals';
import { askedForm, formForClient } from './result-form.js';

describe('the form that a URL asks for', () => {
  it.each([
    ['none', {}, null],
    ['one of both', { answers: 'text' }, 'text'],
    ['the other', { answers: 'structure' }, 'structure'],
  ])('is %s', (_what, query, form) => {
    expect(askedForm(query)).toBe(form);
  });

  it.each<[string, object]>([
    ['another', { answers: 'json' }],
    ['an empty one', { answers: '' }],
    ['two', { answers: ['text', 'structure'] }],
  ])('is refused by name if it is %s', (_what, query) => {
    expect(() => askedForm(query)).toThrow(
      expect.objectContaining({ code: 'VALIDATION_FAILED', field: 'answers' }),
    );
  });
});

describe('the form for a client that asks for none', () => {
  const named = (name: unknown): object => ({
    params: { _meta: { 'io.modelcontextprotocol/clientInfo': { name, version: '1' } } },
  });

  it.each([
    ['claude-code/2.1.204 (cli)', {}, 'structure'],
    ['Visual Studio Code/1.115.0', {}, 'structure'],
    ['Visual Studio Code - Insiders/1.116.0-insider', {}, 'structure'],
    ['codex-mcp-client/0.157.0', {}, 'structure'],
    ['node', named('claude-code'), 'structure'],
    [undefined, named('Visual Studio Code'), 'structure'],
    ['Claude-User', named('Claude'), 'text'],
    ['Cursor/1.7.0 claude-code/2', {}, 'text'],
    ['python-httpx/0.28.1', {}, 'text'],
    [undefined, undefined, 'text'],
    [undefined, [], 'text'],
    [undefined, named(7), 'text'],
    ['constructor/1', named('__proto__'), 'text'],
  ])('with the user agent %s and the body %j is %s', (userAgent, body, form) => {
    expect(formForClient(userAgent, body)).toBe(form);
  });
});
