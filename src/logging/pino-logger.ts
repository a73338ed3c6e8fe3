import type { LoggerService } from '@nestjs/common';
import { pino, type DestinationStream, type Logger, type LoggerOptions } from 'pino';
import { requestFields } from './request-context.js';

/** Second line of defence: nothing by these names should ever be handed to the log. */
const secretFields = [
  'accessToken',
  'refreshToken',
  'clientSecret',
  'mcpToken',
  'apiKey',
  'authorization',
  'cookie',
  'code',
  'codeVerifier',
  'password',
];

export interface LogOptions {
  level: string;
  /** Lines for people, in colour, instead of JSON. */
  pretty: boolean;
}

export function createPino({ level, pretty }: LogOptions, destination?: DestinationStream): Logger {
  const options: LoggerOptions = {
    level,
    base: null,
    mixin: requestFields,
    redact: { paths: secretFields.flatMap((field) => [field, `*.${field}`]), censor: '[redacted]' },
  };
  if (destination) return pino(options, destination);
  const transport = {
    target: 'pino-pretty',
    options: { translateTime: 'HH:MM:ss', ignore: 'pid,hostname', singleLine: true },
  };
  return pino(pretty ? { ...options, transport } : options);
}

/** What Nest says of its own start is for those who debug it. */
const frameworkContexts = new Set([
  'NestFactory',
  'NestApplication',
  'InstanceLoader',
  'RoutesResolver',
  'RouterExplorer',
]);

/** Nest's logger on pino: `logger.warn({ msg, …fields })` inside a provider becomes one line of JSON. */
export class PinoLogger implements LoggerService {
  constructor(private readonly pino: Logger) {}

  log(message: unknown, ...rest: unknown[]): void {
    this.write(frameworkContexts.has(String(rest.at(-1))) ? 'debug' : 'info', message, rest);
  }

  warn(message: unknown, ...rest: unknown[]): void {
    this.write('warn', message, rest);
  }

  error(message: unknown, ...rest: unknown[]): void {
    this.write('error', message, rest);
  }

  debug(message: unknown, ...rest: unknown[]): void {
    this.write('debug', message, rest);
  }

  verbose(message: unknown, ...rest: unknown[]): void {
    this.write('trace', message, rest);
  }

  fatal(message: unknown, ...rest: unknown[]): void {
    this.write('fatal', message, rest);
  }

  /** Nest appends the class that logs as the last argument, and a stack before it. */
  private write(
    level: 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'fatal',
    message: unknown,
    rest: unknown[],
  ): void {
    const context = rest.at(-1);
    const stack = rest.length > 1 ? rest[0] : undefined;
    const fields = typeof message === 'object' && message !== null ? message : { msg: String(message) };
    this.pino[level]({ context, ...(stack === undefined ? {} : { stack }), ...fields });
  }
}
