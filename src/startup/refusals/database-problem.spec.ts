import { expect, it } from '@jest/globals';
import { databaseProblem } from './database-problem.js';

function coded(code: string): Error {
  return Object.assign(new Error('canary'), { code });
}

it.each<[unknown, string]>([
  [coded('28P01'), 'the database refused its user or password (28P01)'],
  [coded('28000'), 'the database does not let its user in (28000)'],
  [coded('3D000'), 'the database that it names does not exist (3D000)'],
  [coded('ECONNREFUSED'), 'the database cannot be reached (ECONNREFUSED)'],
  [coded('ENOTFOUND'), 'the database cannot be reached (ENOTFOUND)'],
  [coded('57P03'), 'the database cannot be reached (57P03)'],
  [coded('XX000'), 'the database refused the connection or its migration (XX000)'],
  [
    new Error('The server does not support SSL connections'),
    'the server speaks no TLS; turn it on there, or take sslmode out',
  ],
])('says of %s what is wrong, and no value', (error, line) => {
  expect(databaseProblem('DATABASE_URL', error)).toBe(`DATABASE_URL: ${line}`);
});

it.each(['SELF_SIGNED_CERT_IN_CHAIN', 'DEPTH_ZERO_SELF_SIGNED_CERT', 'ERR_TLS_CERT_ALTNAME_INVALID'])(
  'names what trusts a certificate for %s',
  (code) => {
    expect(databaseProblem('DATABASE_URL', coded(code))).toMatch(/NODE_EXTRA_CA_CERTS.*sslrootcert/);
  },
);
