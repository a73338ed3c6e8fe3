import { describe, expect, it } from '@jest/globals';
import { boundParts } from './bounded-parts.js';

interface Part {
  name?: string;
  headers?: object[];
  body?: { data: string };
  parts?: Part[];
  partsLeftOut?: boolean;
}

function bounded(payload: Part): Part {
  boundParts({ payload });
  return payload;
}

function count({ parts = [] }: Part): number {
  return 1 + parts.reduce((sum, each) => sum + count(each), 0);
}

function depthOf({ parts = [] }: Part): number {
  return 1 + Math.max(0, ...parts.map(depthOf));
}

describe('the parts of a message in an answer', () => {
  it('stay as they are in ordinary mail', () => {
    const payload: Part = { headers: [{}], parts: [{ body: { data: 'a' } }, { parts: [{ name: 'x' }] }] };
    expect(bounded(structuredClone(payload))).toEqual(payload);
  });

  it('nested too deep are left out, however deep', () => {
    let payload: Part = { name: 'deepest' };
    for (let depth = 0; depth < 100_000; depth += 1) payload = { parts: [payload] };
    expect(depthOf(bounded(payload))).toBe(51);
    expect(JSON.stringify(payload)).toContain('"partsLeftOut":true');
  });

  it('too many are left out, beside or in each other', () => {
    const wide = bounded({ parts: Array.from({ length: 20_000 }, () => ({ parts: [{}] })) });
    expect(count(wide)).toBeLessThanOrEqual(1_001);
    expect(wide.partsLeftOut).toBe(true);
  });

  it('with too many headers say nothing any more', () => {
    const headers = Array.from({ length: 2_000 }, () => ({ name: 'X', value: '' }));
    const [part] = bounded({ parts: [{ headers, body: { data: 'a' }, parts: [{}] }] }).parts ?? [];
    expect(part).toMatchObject({ body: { size: 0 }, parts: [], partsLeftOut: true });
    expect(part?.headers).toHaveLength(1_000);
  });

  it('are bounded in each message of a thread', () => {
    const messages = [{ payload: { parts: Array.from({ length: 2_000 }, () => ({})) } as Part }];
    boundParts({ messages });
    expect(messages[0]?.payload.partsLeftOut).toBe(true);
  });

  it.each([null, [], 'x', { payload: [] }, { payload: { parts: 'x' } }, { messages: [null, 1] }])(
    'are not looked for in %j',
    (answer) => {
      expect(() => boundParts(answer)).not.toThrow();
    },
  );
});
