import process from 'node:process';
import 'reflect-metadata';
import { Controller, Get, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { collectDefaultMetrics, register } from 'prom-client';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';

const body: unknown = JSON.parse(process.env.BODY ?? '{}');

@Controller()
class BareController {
  @Get()
  get(): unknown {
    return body;
  }

  @Get('metrics')
  metrics(): Promise<string> {
    return register.metrics();
  }
}

@Module({ controllers: [BareController] })
class BareModule {}

/** A program: Nest on Fastify with one route, and another that says what the process has used. */
collectDefaultMetrics({ prefix: 'evergrant_' });
const app = await NestFactory.create<NestFastifyApplication>(BareModule, new FastifyAdapter(), {
  logger: false,
});
process.once('SIGTERM', () => void app.close());
await app.listen(Number(process.env.PORT), 'localhost');
