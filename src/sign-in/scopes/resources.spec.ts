import { expect, it } from '@jest/globals';
import { isMcpResource } from './resources.js';

const own = 'https://mail.example.com';
const id = '7f0c3a1e-1f5f-4c39-9a06-0a5b2a4d3c11';

it.each([
  [`${own}/mcp`, true],
  [`${own}/mcp/${id}`, true],
  [`${own}/mcp/`, false],
  [`${own}/mcp/${id}/`, false],
  [`${own}/mcp/${id.toUpperCase()}`, false],
  [`${own}/mcp/default`, false],
  [`${own}/mcp?x=1`, false],
  [`${own}/mcp#x`, false],
  [`${own}/mcp/../api`, false],
  [own, false],
  ['https://mail.example.com.evil.example/mcp', false],
  ['http://mail.example.com/mcp', false],
])('%s is an endpoint of ours: %s', (url, is) => {
  expect(isMcpResource(url, own)).toBe(is);
});
