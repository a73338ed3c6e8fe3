export { labelCombinations } from './label-combinations.js';
export { MetricsModule } from './metrics.module.js';
export { MetricsRegistry } from './metrics-registry.js';
