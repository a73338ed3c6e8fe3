import { Body, Controller, Get, Module, Post } from '@nestjs/common';
import { APP_FILTER, NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { loadEnvironment } from '../../src/config/index.js';
import { ErrorFilter, restRendering } from '../../src/errors/index.js';
import { MetricsModule } from '../../src/metrics/index.js';
import { httpAdapter, type ClientLimits } from '../../src/startup/http-adapter.js';
import { configureHttp } from '../../src/startup/http-application.js';
import { captureLog } from '../harness/captured-log.js';

@Controller()
class EchoController {
  @Get()
  get(): object {
    return {};
  }

  @Post()
  post(@Body() body: object): object {
    return body;
  }
}

@Module({
  imports: [MetricsModule],
  controllers: [EchoController],
  providers: [{ provide: APP_FILTER, useValue: new ErrorFilter(restRendering) }],
})
class EchoModule {}

export interface BareApp {
  port: number;
  log: string[];
  stop(): Promise<void>;
}

/** The edges of every role around next to nothing, with limits that a test can wait for. */
export async function startBareApp(publicUrl: string, limits: ClientLimits): Promise<BareApp> {
  const environment = loadEnvironment({ PUBLIC_URL: publicUrl });
  const { logger, lines: log } = captureLog('info');
  const app = await NestFactory.create<NestFastifyApplication>(EchoModule, httpAdapter(environment, limits), {
    logger,
    abortOnError: false,
  });
  await configureHttp(app, environment);
  await app.listen(0, '127.0.0.1');
  const port = Number(new URL(await app.getUrl()).port);
  return { port, log, stop: () => app.close() };
}
