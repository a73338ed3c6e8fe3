import { expect, it } from '@jest/globals';
import { isForConnectSession } from './connect-session-routes.js';

const one = '00000000-0000-4000-8000-00000000000a';
const other = '00000000-0000-4000-8000-00000000000b';
const admitting = { config: { admitsConnectSessions: true } };

it.each<[string, Parameters<typeof isForConnectSession>[0], string[] | null, boolean]>([
  ['its instance', { routeOptions: admitting, params: { id: one }, headers: {} }, [one], true],
  [
    'one of its instances',
    { routeOptions: admitting, params: { id: other }, headers: {} },
    [one, other],
    true,
  ],
  [
    'its instance, in capitals',
    { routeOptions: admitting, params: { id: one.toUpperCase() }, headers: {} },
    [one],
    true,
  ],
  ['another instance', { routeOptions: admitting, params: { id: other }, headers: {} }, [one], false],
  ['what is no id', { routeOptions: admitting, params: { id: 'x' }, headers: {} }, [one], false],
  [
    'any instance, being for all',
    { routeOptions: admitting, params: { id: other }, headers: {} },
    null,
    true,
  ],
  ['no instance, though it is for all', { routeOptions: admitting, params: {}, headers: {} }, null, false],
  [
    'a route that admits none',
    { routeOptions: { config: {} }, params: { id: one }, headers: {} },
    [one],
    false,
  ],
  [
    'a route that admits none, being for all',
    { routeOptions: { config: {} }, params: { id: one }, headers: {} },
    null,
    false,
  ],
  [
    'a tenant that it names',
    { routeOptions: admitting, params: { id: one }, headers: { 'x-evergrant-tenant': 'x' } },
    [one],
    false,
  ],
])('a connect session asks for %s', (_case, request, instanceIds, admitted) => {
  expect(isForConnectSession(request, { instanceIds: instanceIds && new Set(instanceIds) })).toBe(admitted);
});
