import { expect, it } from '@jest/globals';
import { Counter } from 'prom-client';
import { MetricsRegistry } from './metrics-registry.js';

it('says how the process is, under the prefix', async () => {
  const text = await new MetricsRegistry().metrics();
  const names = [...text.matchAll(/^# TYPE (\S+)/gm)].map(([, name]) => name);

  expect(names).toContain('evergrant_process_resident_memory_bytes');
  expect(names.filter((name) => !name?.startsWith('evergrant_'))).toEqual([]);
});

it('keeps the roles of one process apart', async () => {
  const [api, oauth] = [new MetricsRegistry(), new MetricsRegistry()];
  const counterOf = (registry: MetricsRegistry) =>
    new Counter({ name: 'evergrant_things_total', help: 'Things', registers: [registry] });
  counterOf(api).inc();
  counterOf(oauth);

  expect(await api.metrics()).toContain('evergrant_things_total 1');
  expect(await oauth.metrics()).toContain('evergrant_things_total 0');
});
