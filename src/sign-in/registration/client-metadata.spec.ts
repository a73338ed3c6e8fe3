import { describe, expect, it } from '@jest/globals';
import { readClientMetadata } from './client-metadata.js';

const redirect_uris = ['https://a.example/cb'];

function read(given: Record<string, unknown>) {
  return readClientMetadata({ redirect_uris, ...given }, 'client_secret_basic');
}

describe('a client’s metadata', () => {
  it('ignores the scope that mcp-remote sends', () => {
    expect(read({ scope: 'openid email profile' })).not.toHaveProperty('scope');
  });

  it.each([undefined, 'web', 'native', 7])(
    'is a native application’s, whatever it says: %s',
    (application_type) => {
      expect(read({ application_type })).toMatchObject({ application_type: 'native' });
    },
  );

  it.each([
    ['none', 'none'],
    ['client_secret_post', 'client_secret_post'],
    [undefined, 'client_secret_basic'],
    ['tls_client_auth', 'client_secret_basic'],
  ])('%s authenticates by %s', (given, method) => {
    expect(read({ token_endpoint_auth_method: given })).toMatchObject({ token_endpoint_auth_method: method });
  });

  it('always knows codes and refresh tokens', () => {
    expect(read({ grant_types: ['implicit'], response_types: ['token'] })).toMatchObject({
      grant_types: ['authorization_code', 'refresh_token'],
      response_types: ['code'],
    });
  });

  it('is refused without a redirect URI that can be used', () => {
    expect(read({ redirect_uris: ['http://evil.example/'] })).toBeNull();
    expect(readClientMetadata('x', 'none')).toBeNull();
  });

  it('tells its name in one line, without what turns the letters around it', () => {
    expect(read({ client_name: ' Good\u202E\nclient\u0000 ' })).toMatchObject({ client_name: 'Good client' });
  });

  it('leaves out what nothing here needs and what would be fetched', () => {
    const given = {
      sector_identifier_uri: 'https://10.0.0.1/',
      jwks_uri: 'https://10.0.0.1/',
      initiate_login_uri: 'https://x.example/',
      default_max_age: 1,
      client_uri: 'not a url',
    };
    expect(Object.keys(read(given) ?? {}).sort()).toEqual([
      'application_type',
      'grant_types',
      'redirect_uris',
      'response_types',
      'token_endpoint_auth_method',
    ]);
  });
});
