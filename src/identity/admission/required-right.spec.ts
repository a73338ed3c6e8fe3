import { Reflector } from '@nestjs/core';
import { expect, it } from '@jest/globals';
import type { ApiCaller } from '../holders/api-principal.js';
import { apiRights, defaultRights, rightsInBrowser, type ApiRight } from '../holders/api-right.js';
import {
  AnyCaller,
  mayCall,
  OperatorOnly,
  requirementKey,
  RequireRight,
} from './required-right.decorator.js';

@RequireRight('instances:read')
class Routes {
  @AnyCaller()
  any() {
    return null;
  }

  @OperatorOnly()
  operator() {
    return null;
  }

  @RequireRight('access-tokens:read')
  accessToken() {
    return null;
  }

  inherited() {
    return null;
  }
}

class Undeclared {
  route() {
    return null;
  }
}

function caller(rights: Iterable<ApiRight>, operator = false): ApiCaller {
  return {
    operator,
    session: false,
    tenantId: operator ? null : 'tenant',
    rights: new Set(rights),
    apiKeyId: operator ? null : 'key',
    expiresAt: null,
  };
}

const operator = caller(apiRights, true);
const tenant = caller(defaultRights);
const browser = caller(rightsInBrowser(new Set(apiRights)));
const powerless = caller([]);

it.each([
  ['for every caller', Routes, 'any', [operator, tenant, browser, powerless]],
  ['for the operator', Routes, 'operator', [operator]],
  ['for a right', Routes, 'accessToken', [operator]],
  ['for its controller’s right', Routes, 'inherited', [operator, tenant, browser]],
  ['closed, since it declares nothing', Undeclared, 'route', []],
])('a route is there %s', (_case, controller, name, admitted) => {
  const handler = (controller.prototype as unknown as Record<string, () => null>)[name]!;
  const requirement = new Reflector().getAllAndOverride<unknown>(requirementKey, [handler, controller]);
  const callers = [operator, tenant, browser, powerless];
  expect(callers.filter((each) => mayCall(each, requirement))).toEqual(admitted);
});
