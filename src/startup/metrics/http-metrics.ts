import type { FastifyInstance } from 'fastify';
import { Counter, type Histogram, type MetricValueWithName } from 'prom-client';
import type { MetricsRegistry } from '../../metrics/index.js';
import { RouteAnswers } from './route-answers.js';

declare module 'fastify' {
  interface FastifyContextConfig {
    answers?: RouteAnswers;
  }
}

/** A rise of these from nothing is worth an alert. */
const serverErrors = [500, 503];

/** Measures what is answered, by route and status; before the routes are registered. */
export function measureAnswers(fastify: FastifyInstance, registry: MetricsRegistry): void {
  const unrouted = new RouteAnswers('any', 'none', []);
  const routes = [unrouted];
  const registers = [registry];
  new Counter({
    name: 'evergrant_http_requests_total',
    help: 'Requests answered, by method (any, where a route takes all), route as declared (or none), and status',
    labelNames: ['method', 'route', 'status'],
    registers,
    collect() {
      this.reset();
      for (const { method, route, byStatus } of routes)
        for (const [status, count] of byStatus) this.inc({ method, route, status }, count);
    },
  });
  registry.registerMetric(durationsOf(routes));
  fastify.addHook('onRoute', (route) => {
    const [method = '', ...others] = [route.method].flat();
    const answers = new RouteAnswers(others.length > 0 ? 'any' : method, route.url, serverErrors);
    routes.push(answers);
    route.config = { ...route.config, answers };
  });
  // Also of answers from memory, which meet no other hook.
  fastify.addHook('onResponse', (request, { statusCode, elapsedTime }, done) => {
    (request.routeOptions.config.answers ?? unrouted).count(statusCode, elapsedTime);
    done();
  });
}

const durations = {
  name: 'evergrant_http_request_duration_seconds',
  help: 'Duration of requests until they were answered, streams included, by method and route',
  type: 'histogram',
  aggregator: 'sum',
} as const;

/** A histogram that is written from the routes' own numbers: the registry wants no more of it than to be got. */
function durationsOf(routes: readonly RouteAnswers[]): Histogram {
  const get = async () => ({ ...durations, values: routes.flatMap(durationValues) });
  return { ...durations, get } as unknown as Histogram;
}

function durationValues(answers: RouteAnswers): MetricValueWithName<'method' | 'route' | 'le'>[] {
  const { method, route } = answers;
  const labels = { method, route };
  const { buckets, sumSeconds, count } = answers.durations();
  const { name } = durations;
  return [
    ...buckets.map((bucket) => ({
      metricName: `${name}_bucket`,
      labels: { ...labels, le: bucket.le },
      value: bucket.count,
    })),
    { metricName: `${name}_sum`, labels, value: sumSeconds },
    { metricName: `${name}_count`, labels, value: count },
  ];
}
