export { createPino, PinoLogger } from './pino-logger.js';
