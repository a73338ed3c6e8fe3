export { configureHttp, httpAdapter } from './http-application.js';
export { startEvergrant, type RunningEvergrant } from './start-evergrant.js';
export { startFailureLine } from './start-failure.js';
