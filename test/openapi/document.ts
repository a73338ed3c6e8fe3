import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { DocumentBuilder, SwaggerModule, type OpenAPIObject } from '@nestjs/swagger';
import { z } from 'zod';
import { AppModule } from '../../src/app.module.js';
import { loadEnvironment, version } from '../../src/config/index.js';
import { connectInstanceView } from '../../src/instances/rest/connect-session-view.js';
import { httpAdapter } from '../../src/startup/http-adapter.js';
import { errorExamples } from './error-responses.js';
import { NamedSchemas } from './named-schemas.js';
import { describedOperation, type Operation } from './operation.js';
import {
  apiKeyDescription,
  connectSessionDescription,
  description,
  documentedTags,
  sessionDescription,
  tenantDescription,
  title,
} from './preamble.js';
import { routeHandlers } from './route-handlers.js';

/** Files; MCP describes itself, and the authorization server does in its metadata (RFC 8414); its pages are behind it, as the console is. */
export const undescribed =
  /^\/($|assets|evergrant-connect\.js|mcp|authorize|token|register|revoke|jwks|sign-in|\.well-known)(\/|$)/;

/** The OpenAPI document of the `api` role, made from its controllers, which are not started for it. */
async function openApiDocument(): Promise<OpenAPIObject> {
  const app = await unstartedApp();
  const schemas = new NamedSchemas();
  // The answer to connect sessions, at a route whose own schema is that of the answer to all others.
  schemas.convert(z.object({ instance: connectInstanceView }), 'output');
  const found = SwaggerModule.createDocument(app, preamble(), {
    standardSchemaConverter: (schema, { schemaType }) => ({
      schema: schemas.convert(schema as z.ZodType, schemaType),
    }),
  });
  const handlers = routeHandlers(app);
  const paths: OpenAPIObject['paths'] = {};
  for (const path of Object.keys(found.paths).sort()) {
    if (undescribed.test(path)) continue;
    const operations = Object.entries(found.paths[path] ?? {}) as [method: string, Operation][];
    paths[path] = Object.fromEntries(
      operations.map(([method, operation]) => {
        const handler = handlers.get(operation.operationId ?? '');
        if (!handler) throw new Error(`There is no handler for ${method} ${path}`);
        return [method, describedOperation(operation, { method, path }, handler, schemas)];
      }),
    );
  }
  const { openapi, info, servers = [], components } = found;
  return {
    openapi,
    info,
    servers,
    tags: documentedTags,
    paths,
    components: { ...components, ...ownComponents(schemas) },
  };
}

/** The document as it is committed. */
export async function openApiText(): Promise<string> {
  return `${JSON.stringify(await openApiDocument(), null, 2)}\n`;
}

/** With Nest's preview no provider is made, so nothing is connected to and the values mean nothing. */
function unstartedApp(): Promise<NestFastifyApplication> {
  const url = 'postgres://localhost/none';
  const environment = loadEnvironment({
    ROLES: 'api',
    DATABASE_URL: url,
    ADMIN_API_KEY: '-'.repeat(32),
    ENCRYPTION_KEYS: `none:${Buffer.alloc(32).toString('base64')}`,
    OAUTH_SERVICE_TOKEN: '-'.repeat(32),
    GOOGLE_CLIENT_ID: 'none',
    GOOGLE_CLIENT_SECRET: 'none',
  });
  return NestFactory.create(AppModule.forDatabaseRoles(environment, url), httpAdapter(environment), {
    preview: true,
    logger: false,
    abortOnError: false,
  });
}

function preamble(): Omit<OpenAPIObject, 'paths'> {
  return new DocumentBuilder()
    .setOpenAPIVersion('3.1.0')
    .setTitle(title)
    .setDescription(description)
    .setVersion(version)
    .setLicense('Apache-2.0', 'https://www.apache.org/licenses/LICENSE-2.0')
    .addServer('/')
    .addSecurity('apiKey', { type: 'http', scheme: 'bearer', description: apiKeyDescription })
    .addSecurity('connectSession', {
      type: 'http',
      scheme: 'bearer',
      description: connectSessionDescription,
    })
    .addCookieAuth('evergrant_session', { type: 'apiKey', description: sessionDescription }, 'session')
    .build();
}

function ownComponents({ components }: NamedSchemas): OpenAPIObject['components'] {
  const Tenant = {
    name: 'X-Evergrant-Tenant',
    in: 'header' as const,
    description: tenantDescription,
    schema: { type: 'string' },
  };
  const schemas = Object.fromEntries(Object.entries(components).sort(([a], [b]) => (a < b ? -1 : 1)));
  return { schemas, parameters: { Tenant }, examples: errorExamples };
}
