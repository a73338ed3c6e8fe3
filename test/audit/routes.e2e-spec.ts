import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { RequestMethod } from '@nestjs/common';
import { MetadataScanner, ModulesContainer, Reflector } from '@nestjs/core';
import { auditedKey } from '../../src/identity/rest/audited-route.js';
import { TestApp } from '../harness/test-app.js';

let app: TestApp;
beforeAll(async () => void (app = await TestApp.start()));
afterAll(() => app.stop());

/** Handlers of routes that change something, and record it in another way or not at all. */
const otherwise = [
  // Records logins and their refusals itself: there is no admitted caller yet.
  'SessionController.open',
  // The way out; a session's end is no right that anyone gains.
  'SessionController.close',
  // Changes nothing but what its own link is for; the mail that a file leaves with is recorded.
  'UploadsController.upload',
  // The act's own transaction records who decided what.
  'ApprovalsController.decide',
  // Only looks.
  'SetupController.check',
];

it('every route of the REST API that changes something records an event', () => {
  const reflector = new Reflector();
  const changing: string[] = [];
  const unrecorded: string[] = [];
  for (const { controllers } of app.part(ModulesContainer).values()) {
    for (const { metatype } of controllers.values()) {
      const { name, prototype } = metatype as { name: string; prototype: Record<string, () => unknown> };
      const path = String(Reflect.getMetadata('path', metatype as object));
      for (const method of new MetadataScanner().getAllMethodNames(prototype)) {
        const handler = prototype[method]!;
        const verb = Reflect.getMetadata('method', handler) as RequestMethod | undefined;
        if (!path.startsWith('api/') || verb === undefined || verb === RequestMethod.GET) continue;
        changing.push(`${name}.${method}`);
        if (reflector.get<unknown>(auditedKey, handler) === undefined) unrecorded.push(`${name}.${method}`);
      }
    }
  }
  expect(changing.length).toBeGreaterThan(11);
  expect(unrecorded.sort()).toEqual([...otherwise].sort());
});
