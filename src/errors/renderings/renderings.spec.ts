import { describe, expect, it } from '@jest/globals';
import { errorTable, type ErrorCode } from '../error-table.js';
import { EvergrantError } from '../evergrant-error.js';
import { toolErrorResult } from './mcp.js';
import { errorBody } from './rest.js';
import { oauthRendering } from './oauth.js';
import { restRendering } from './rest.js';

const codes = Object.keys(errorTable) as ErrorCode[];
const contract = ['error', 'instanceId', 'errorCode', 'requiresReauth'];
const renderings: [string, (error: EvergrantError) => object][] = [
  ['REST', (error) => restRendering.body(error)],
  ['RFC 6749', (error) => oauthRendering.body(error)],
  [
    'an MCP tool result',
    (error) =>
      JSON.parse(toolErrorResult(errorBody(error)).content[1]?.text ?? '') as Record<string, unknown>,
  ],
];

describe.each(renderings)('every error, rendered for %s,', (_name, render) => {
  it.each(codes)('has the contract’s fields first: %s', (code) => {
    const body = render(new EvergrantError(code));
    expect(Object.keys(body).slice(0, 4)).toEqual(contract);
    const { requiresReauth } = errorTable[code];
    expect(body).toMatchObject({ instanceId: null, errorCode: code, requiresReauth });
  });

  it('shows nothing of its cause', () => {
    const error = new EvergrantError('UNKNOWN_ERROR', { cause: new Error('secret text') });
    expect(JSON.stringify(render(error))).not.toContain('secret text');
  });
});

it('shows the fields that an error brings of its own behind the contract’s', () => {
  const error = new EvergrantError('SERVICE_UNAVAILABLE', {
    reason: 'database_unavailable',
    report: { status: 'error', details: {} },
  });
  expect(Object.keys(restRendering.body(error.about('an-instance')))).toEqual([
    ...contract,
    ...['reason', 'status', 'details'],
  ]);
});
