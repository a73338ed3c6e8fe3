import { beforeEach, expect, it } from '@jest/globals';
import { Logger } from '@nestjs/common';
import { RefusedHosts } from './refused-hosts.js';

let lines: Record<string, unknown>[];
let nowMs: number;
let hosts: RefusedHosts;
beforeEach(() => {
  lines = [];
  nowMs = 0;
  const write = (line: object) => lines.push(line as Record<string, unknown>);
  Logger.overrideLogger({ log: write, warn: write, error: write });
  hosts = new RefusedHosts(() => nowMs);
});

it.each([
  ['mcp.example.com', 'mcp.example.com'],
  ['MCP.example.com:8443', 'mcp.example.com:8443'],
  ['[fe80::1]:3000', '[fe80::1]:3000'],
  ['evil.example\u001b[31m', null],
  ['a b', null],
  ['ключ.example', null],
  ['', null],
  ['a'.repeat(261), null],
])('a refused host %j is named as %j', (host, named) => {
  hosts.log(host);
  expect(lines).toEqual([expect.objectContaining({ host: named })]);
});

it('a name is told once a minute, however often it is sent', () => {
  for (let n = 0; n < 1000; n += 1) hosts.log('mcp.example.com');
  hosts.log('other.example.com');
  expect(lines).toHaveLength(2);
  nowMs = 60_000;
  hosts.log('mcp.example.com');
  expect(lines).toHaveLength(3);
});

it('a flood of names fills no log, and is counted', () => {
  for (let n = 0; n < 1000; n += 1) hosts.log(`host${n}.example`);
  expect(lines).toHaveLength(20);
  nowMs = 60_000;
  hosts.log('later.example');
  expect(lines.at(-1)).toMatchObject({ host: 'later.example', omitted: 980 });
});
