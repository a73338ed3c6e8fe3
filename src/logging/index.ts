export { createPino, PinoLogger, type LogOptions } from './pino-logger.js';
