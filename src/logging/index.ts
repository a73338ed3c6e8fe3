export { LineBudget } from './line-budget.js';
export { createPino, PinoLogger } from './pino-logger.js';
export { answeringRequest } from './request-context.js';
