import { describe, expect, it } from '@jest/globals';
import { McpOptions } from '../mcp-options.js';
import { McpOriginGuard } from './mcp-origin.guard.js';

describe('a page of any origin, with a token', () => {
  it.each([
    ['https://mcp.example', 'mcp.example', true],
    ['https://mcp.example:8443/base', 'MCP.example:443', true],
    ['https://mcp.example', 'localhost:3000', false],
    ['https://mcp.example', 'other.example', false],
    // What these stand for is not ours to know: a page may have been made for another that stood there.
    ['http://localhost:3000', 'localhost:3000', false],
    ['http://evergrant.localhost:3000', 'evergrant.localhost:3000', false],
    ['http://127.0.0.1:3000', '127.0.0.1:3000', false],
    ['http://[::1]:3000', '[::1]:3000', false],
    ['http://192.168.1.2', '192.168.1.2', false],
  ])('where PUBLIC_URL is %s and Host is %s may call: %s', (publicUrl, host, admitted) => {
    const guard = new McpOriginGuard(new McpOptions(publicUrl, [], [], '1'));
    expect(guard.admitsPage({ host, headers: { origin: 'https://claude.ai' } })).toBe(admitted);
  });
});
