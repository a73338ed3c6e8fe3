import { getHeapStatistics } from 'node:v8';
import fastifyCookie from '@fastify/cookie';
import fastifyCors from '@fastify/cors';
import type { DynamicModule, LoggerService, Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyInstance } from 'fastify';
import { Counter, Gauge } from 'prom-client';
import type { Environment } from '../config/index.js';
import { refuseOtherMethods } from '../errors/index.js';
import { MetricsRegistry } from '../metrics/index.js';
import { BodyAdmission, bodyRefusals, defaultBodyBytes } from './body-admission.js';
import { crossOriginDelegate } from './cross-origin-access.js';
import { closeConnections } from './stopping/closing-connections.js';
import { Drain } from './stopping/drain.js';
import { httpAdapter } from './http-adapter.js';
import { requireJson } from './json-only.js';
import { measureBuild } from './metrics/build-info.js';
import { measureAnswers } from './metrics/http-metrics.js';
import { securityHeaders } from './security-headers.js';

/** What an application needs beside its modules. */
export async function configureHttp(
  app: NestFastifyApplication,
  { FRONTEND_ORIGINS, BODY_BYTES_IN_FLIGHT, publicUrl }: Environment,
): Promise<void> {
  const fastify = app.getHttpAdapter().getInstance();
  const registry = app.get(MetricsRegistry, { strict: false });
  measureBuild(registry);
  measureAnswers(fastify, registry);
  await app.register(fastifyCookie);
  // Not by Nest's `enableCors`, which writes the headers a second time, in a way that makes all others dearer.
  await app.register(fastifyCors, () => crossOriginDelegate(FRONTEND_ORIGINS));
  sendWithEveryAnswer(fastify, securityHeaders(publicUrl));
  refuseOtherMethods(fastify);
  fastify.addHook('onRequest', requireJson);
  fastify.addHook('preParsing', bodyAdmission(app, BODY_BYTES_IN_FLIGHT).preParsing);
  closeConnections(fastify);
}

function bodyAdmission(app: NestFastifyApplication, givenBytes: number | undefined): BodyAdmission {
  const registers = [app.get(MetricsRegistry, { strict: false })];
  const refusals = new Counter({
    name: 'evergrant_bodies_refused_total',
    help: 'Request bodies not read to their end: tooLarge, or over the share of one payer or the total',
    labelNames: ['cause'],
    registers,
  });
  for (const cause of bodyRefusals) refusals.inc({ cause }, 0);
  const totalBytes = givenBytes ?? defaultBodyBytes(getHeapStatistics().heap_size_limit);
  const admission = new BodyAdmission(totalBytes, (cause) => refusals.inc({ cause }));
  new Gauge({
    name: 'evergrant_body_bytes_in_flight',
    help: 'Bytes of request bodies that are not answered yet',
    registers,
    collect() {
      this.set(admission.bytesInFlight);
    },
  });
  return admission;
}

function sendWithEveryAnswer(fastify: FastifyInstance, headers: Record<string, string>): void {
  fastify.addHook('onRequest', (_request, reply, done) => {
    reply.headers(headers);
    done();
  });
}

export async function createHttpApplication(
  module: Type | DynamicModule,
  environment: Environment,
  logger: LoggerService,
  drain = new Drain(),
): Promise<NestFastifyApplication> {
  const app = await NestFactory.create<NestFastifyApplication>(module, httpAdapter(environment), {
    logger,
    // Failures of a start are reported in one line by main.ts.
    abortOnError: false,
  });
  await configureHttp(app, environment);
  app.getHttpAdapter().getInstance().addHook('onRequest', drain.onRequest);
  return app;
}
