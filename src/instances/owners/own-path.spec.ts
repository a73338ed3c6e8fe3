import { describe, expect, it } from '@jest/globals';
import { ownPath } from './own-path.js';

describe('a path that a sign-in may lead to', () => {
  it.each(['/approvals/7f0c3a1e-1f5f-4c39-9a06-0a5b2a4d3c11', '/approvals/a?b=c'])('is %s', (path) => {
    expect(ownPath(path)).toBe(path);
  });

  it.each([
    ['another site', 'https://evil.example/'],
    ['another site without its scheme', '//evil.example/'],
    ['the same in backslashes', '/\\evil.example/'],
    ['the same behind a tab, which browsers drop', '/\t/evil.example/'],
    ['a script', 'javascript:alert(1)'],
    ['a relative path', 'approvals/1'],
    ['a path that climbs', '/approvals/../api/session'],
    ['what looks like a port of ours', '@evil.example/'],
    ['nothing', ''],
  ])('is not %s', (_case, path) => {
    expect(() => ownPath(path)).toThrow(RangeError);
  });
});
