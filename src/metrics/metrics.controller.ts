import { Controller, Get, Header } from '@nestjs/common';
import { Registry } from 'prom-client';
import { AccessFor, Answers, Summary } from '../openapi/index.js';
import { MetricsRegistry } from './metrics-registry.js';

@Controller('metrics')
@AccessFor('open')
export class MetricsController {
  constructor(private readonly registry: MetricsRegistry) {}

  /** All metrics in Prometheus's text format. */
  @Get()
  @Header('content-type', Registry.PROMETHEUS_CONTENT_TYPE)
  @Summary('Get the metrics', 'In the text format of Prometheus; every name begins with `evergrant_`.')
  @Answers({ 200: { mediaType: 'text/plain', description: "Prometheus's text format" } })
  metrics(): Promise<string> {
    return this.registry.metrics();
  }
}
