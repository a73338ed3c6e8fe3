import { describe, expect, it } from '@jest/globals';
import { admittedFor, targetRefusal } from './webhook-target.js';

const inProduction = { admitsLoopback: false, isBehindProxy: false };
const elsewhere = { ...inProduction, admitsLoopback: true };

describe('a URL to tell events', () => {
  it.each([
    'https://example.com/hook?x=1',
    'https://example.com:8443/',
    'https://93.184.216.34/',
    'https://[2606:2800:220:1::1]/',
  ])('may be %s', (url) => {
    expect(targetRefusal(url, inProduction)).toBeNull();
  });

  it.each([
    ['http://example.com/', 'must be https'],
    ['http://localhost:3000/', 'must be https'],
    ['https://localhost/', 'must be on the public Internet'],
    ['https://127.0.0.1/', 'must be on the public Internet'],
    ['https://127.1/', 'must be on the public Internet'],
    ['https://0x7f.0.0.1/', 'must be on the public Internet'],
    ['https://2130706433/', 'must be on the public Internet'],
    ['https://[::1]/', 'must be on the public Internet'],
    ['https://[fd00::1]/', 'must be on the public Internet'],
    ['https://[64:ff9b::a00:1]/', 'must be on the public Internet'],
    ['https://169.254.169.254/', 'must be on the public Internet'],
    ['https://100.64.0.1/', 'must be on the public Internet'],
    ['https://u@example.com/', 'must hold no user name and no password'],
    ['https://example.com/#part', 'must hold no fragment'],
    ['javascript:alert(1)', 'must be https'],
    ['not a URL', 'must be a URL'],
  ])('may not be %s in production', (url, refusal) => {
    expect(targetRefusal(url, inProduction)).toBe(refusal);
  });

  it.each(['http://localhost:3000/', 'http://127.0.0.1:8080/', 'https://[::1]/'])(
    'may be %s outside of it',
    (url) => {
      expect(targetRefusal(url, elsewhere)).toBeNull();
    },
  );

  it('is none of another machine where a proxy leads to those', () => {
    expect(targetRefusal('https://example.com/', { ...elsewhere, isBehindProxy: true })).toMatch(/proxy/);
    expect(targetRefusal('http://localhost/', { ...elsewhere, isBehindProxy: true })).toBeNull();
  });
});

describe('the addresses that are connected to', () => {
  it('are public ones for a name, and those of this machine for its own names alone', () => {
    const ofName = admittedFor(new URL('https://example.com/'), elsewhere);
    expect([ofName('93.184.216.34'), ofName('127.0.0.1'), ofName('10.0.0.1')]).toEqual([true, false, false]);
    const ofLoopback = admittedFor(new URL('http://localhost/'), elsewhere);
    expect([ofLoopback('127.0.0.1'), ofLoopback('::1'), ofLoopback('10.0.0.1')]).toEqual([true, true, false]);
    const inside = admittedFor(new URL('http://localhost/'), inProduction);
    expect(inside('127.0.0.1')).toBe(false);
  });
});
