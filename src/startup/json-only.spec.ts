import { describe, expect, it } from '@jest/globals';
import { otherMediaType } from './json-only.js';

describe('a request body', () => {
  it.each([
    ['application/json', null],
    ['Application/JSON; charset=utf-8', null],
    ['application/x-www-form-urlencoded', 'application/x-www-form-urlencoded'],
    ['multipart/form-data; boundary=x', 'multipart/form-data'],
    ['text/plain;charset=UTF-8', 'text/plain'],
    ['application/json-patch+json', 'application/json-patch+json'],
    ['application/jsonx', 'application/jsonx'],
    ['text/plain, application/json', ''],
    ['json', ''],
    [`text/${'x'.repeat(300)}`, ''],
    [undefined, ''],
  ])('called %s is refused as %j', (contentType, expected) => {
    const type = contentType === undefined ? {} : { 'content-type': contentType };
    expect(otherMediaType({ 'content-length': '3', ...type })).toBe(expected);
    expect(otherMediaType({ 'transfer-encoding': 'chunked', ...type })).toBe(expected);
    expect(otherMediaType({ 'content-length': '0', ...type })).toBeNull();
    expect(otherMediaType(type)).toBeNull();
  });
});
