import type { Type } from '@nestjs/common';
import { MetadataScanner, ModulesContainer, Reflector } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { ErrorCode } from '../../src/errors/index.js';
import {
  AccessFor,
  routeAnswers,
  routeFailures,
  routeSummary,
  type Access,
  type RouteAnswers,
  type RouteSummary,
} from '../../src/openapi/index.js';

/** What a route's decorators tell. */
export interface RouteHandler {
  summary: string | undefined;
  description: string | undefined;
  access: Access;
  answers: RouteAnswers;
  failures: readonly ErrorCode[];
}

type Handler = (...parameters: unknown[]) => unknown;

/** All handlers of an application, by `Controller_method`, as @nestjs/swagger names operations. */
export function routeHandlers(app: NestFastifyApplication): ReadonlyMap<string, RouteHandler> {
  const handlers = new Map<string, RouteHandler>();
  const reflector = new Reflector();
  for (const { controllers } of app.get(ModulesContainer).values()) {
    for (const { metatype } of controllers.values()) {
      if (metatype === null) continue;
      const prototype = metatype.prototype as Record<string, Handler>;
      for (const name of new MetadataScanner().getAllMethodNames(prototype)) {
        const method = prototype[name];
        if (method === undefined) continue;
        // Reflector claims to find what no decorator has put there.
        const answers = reflector.get(routeAnswers, method) as RouteAnswers | undefined;
        const failures = reflector.get(routeFailures, method) as readonly ErrorCode[] | undefined;
        const summary = reflector.get(routeSummary, method) as RouteSummary | undefined;
        const access = reflector.getAllAndOverride(AccessFor, [method, metatype as Type]) as
          Access | undefined;
        handlers.set(`${metatype.name}_${name}`, {
          summary: summary?.summary,
          description: summary?.description,
          access: access ?? 'key-or-session',
          answers: answers ?? {},
          failures: failures ?? [],
        });
      }
    }
  }
  return handlers;
}
