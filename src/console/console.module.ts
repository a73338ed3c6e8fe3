import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import fastifyStatic from '@fastify/static';
import { Logger, Module, type NestModule } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { FastifyInstance } from 'fastify';
import { consolePage } from './console-page.js';

/** The console's files, as `npm run build` leaves them. */
@Module({})
export class ConsoleModule implements NestModule {
  private readonly logger = new Logger(ConsoleModule.name);

  constructor(private readonly adapterHost: HttpAdapterHost) {}

  /** Nest calls it with the HTTP adapter in place and the routes not yet registered. */
  configure(): void {
    const folder = consoleFolder();
    if (existsSync(join(folder, 'index.html')))
      serveConsole(this.adapterHost.httpAdapter.getInstance<FastifyInstance>(), folder);
    else this.logger.warn('The console is not built (npm run build); there is no page at /');
  }
}

/** The same from the sources and from the build. */
function consoleFolder(): string {
  const packageFile = createRequire(import.meta.url).resolve('#package.json');
  return join(dirname(packageFile), 'dist/console');
}

function serveConsole(fastify: FastifyInstance, folder: string): void {
  fastify.route({
    method: ['GET', 'HEAD'],
    url: '/',
    handler: async (_request, reply) => {
      const { headers, body } = await consolePage(join(folder, 'index.html'));
      return reply.headers(headers).send(body);
    },
  });
  // Names hold a hash of the content, and each file lies there compressed as well.
  void fastify.register(fastifyStatic, {
    root: join(folder, 'assets'),
    prefix: '/assets/',
    decorateReply: false,
    index: false,
    preCompressed: true,
    immutable: true,
    maxAge: '365d',
  });
}
