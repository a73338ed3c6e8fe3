import { describe, expect, it } from '@jest/globals';
import { authorizeTarget } from './authorize-target.js';

const all = 'gmail:read gmail:write gmail:send gmail:settings';
function read(query: string): Record<string, string> {
  return Object.fromEntries(new URLSearchParams(authorizeTarget(`/authorize?${query}`).split('?')[1]));
}

describe('an authorization request', () => {
  it('without a scope asks for all that a person is asked for', () => {
    expect(read('client_id=c')).toEqual({ client_id: 'c', scope: all });
  });

  it('is held to the scopes that are known here', () => {
    expect(read('scope=profile+gmail%3Aread+mail')).toEqual({ scope: 'gmail:read' });
  });

  it('keeps the identity of OpenID Connect beside them', () => {
    expect(read('scope=openid+gmail%3Aread&nonce=n')).toEqual({ scope: 'openid gmail:read', nonce: 'n' });
  });

  it('keeps how old a sign-in may be with openid alone', () => {
    expect(read('scope=openid+gmail%3Aread&max_age=5')).toEqual({ scope: 'openid gmail:read', max_age: '5' });
  });

  it('keeps what has to be refused in words', () => {
    expect(read('request=r&request_uri=u&registration=x')).toEqual({
      ...{ request: 'r', request_uri: 'u', registration: 'x', scope: all },
    });
  });

  it('loses what the library would refuse', () => {
    expect(read('nonce=n&max_age=1&claims=x&prompt=select_account&audience=y')).toEqual({ scope: all });
  });

  it('keeps what comes twice, to be refused', () => {
    expect(authorizeTarget('/authorize?scope=a&scope=b&state=1&state=2')).toBe(
      '/authorize?scope=a&scope=b&state=1&state=2',
    );
  });
});
