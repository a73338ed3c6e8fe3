import { describe, expect, it } from '@jest/globals';
import { bearerChallenge } from './bearer-challenge.js';

describe('the challenge of a 401', () => {
  it('names the token as what is wrong, with a description', () => {
    expect(bearerChallenge('Bearer wrong', 'The token is wrong')).toBe(
      'Bearer error="invalid_token", error_description="The token is wrong"',
    );
  });

  it.each([undefined, ''])('names no error where no token came: %j', (authorization) => {
    expect(bearerChallenge(authorization, 'The token is missing')).toBe('Bearer');
  });

  it('stays one header, whatever the message', () => {
    expect(bearerChallenge('Bearer x', 'a "b" \\ c\r\nSet-Cookie: d=ü')).toBe(
      'Bearer error="invalid_token", error_description="a b  cSet-Cookie: d="',
    );
  });
});
