import 'reflect-metadata';
import { RequestMethod } from '@nestjs/common';
import type { ModulesContainer } from '@nestjs/core';

export interface ControllerRoute {
  method: string;
  path: string;
}

/** What Nest's routing decorators say, read as Nest reads it. */
export function controllerRoutes(modules: ModulesContainer): ControllerRoute[] {
  const controllers = [...modules.values()].flatMap((module) => [...module.controllers.values()]);
  return controllers.flatMap(({ metatype }) => (metatype ? routesOf(metatype) : []));
}

// eslint-disable-next-line @typescript-eslint/no-unsafe-function-type -- as Nest types it
function routesOf(controller: Function): ControllerRoute[] {
  const base = Reflect.getMetadata('path', controller) as string;
  const { prototype } = controller as { prototype: Record<string, unknown> };
  return Object.getOwnPropertyNames(prototype).flatMap((name) => {
    const handler = prototype[name];
    if (typeof handler !== 'function' || !Reflect.hasMetadata('method', handler)) return [];
    const method = RequestMethod[Reflect.getMetadata('method', handler) as number] ?? '';
    const own = Reflect.getMetadata('path', handler) as string;
    return [{ method, path: `/${[base, own].join('/')}`.replace(/\/+/g, '/').replace(/(.)\/$/, '$1') }];
  });
}
