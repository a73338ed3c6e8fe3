import fastifyCookie from '@fastify/cookie';
import type { DynamicModule, LoggerService, Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyInstance } from 'fastify';
import type { Environment } from '../config/index.js';

const bodyLimitBytes = 1024 * 1024;
const requestTimeoutMs = 60_000;
const corsPreflightLifeSeconds = 600;

/** Fastify as every role uses it. */
export function httpAdapter({ TRUST_PROXY }: Environment): FastifyAdapter {
  return new FastifyAdapter({
    bodyLimit: bodyLimitBytes,
    requestTimeout: requestTimeoutMs,
    trustProxy: TRUST_PROXY,
    // A link preview's HEAD must not spend a connect ticket.
    exposeHeadRoutes: false,
  });
}

/** What an application needs beside its modules. */
export async function configureHttp(
  app: NestFastifyApplication,
  { FRONTEND_ORIGINS }: Environment,
): Promise<void> {
  await app.register(fastifyCookie);
  app.enableCors({
    origin: FRONTEND_ORIGINS,
    methods: ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'],
    exposedHeaders: ['retry-after', 'www-authenticate'],
    maxAge: corsPreflightLifeSeconds,
  });
  endConnectionsOnceAnswered(app.getHttpAdapter().getInstance());
}

/**
 * Fastify ends idle connections when it closes. One that is being answered just then would keep the process alive
 * until its keep-alive time is over.
 */
function endConnectionsOnceAnswered(fastify: FastifyInstance): void {
  let closing = false;
  fastify.addHook('preClose', async () => {
    closing = true;
  });
  fastify.addHook('onRequest', async (request, reply) => {
    reply.raw.once('close', () => {
      if (closing) request.raw.socket.end();
    });
  });
}

export async function createHttpApplication(
  module: Type | DynamicModule,
  environment: Environment,
  logger: LoggerService,
): Promise<NestFastifyApplication> {
  const app = await NestFactory.create<NestFastifyApplication>(module, httpAdapter(environment), {
    logger,
    // Failures of a start are reported in one line by main.ts.
    abortOnError: false,
  });
  await configureHttp(app, environment);
  return app;
}
