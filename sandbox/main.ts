import { readFileSync } from 'node:fs';
import process from 'node:process';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { startSandbox } from './sandbox.js';
import { clientSchema } from './state/sandbox-state.js';

const port = z.coerce.number().int().min(0).max(65535);

const optionsSchema = z.strictObject({
  host: z.string().default('127.0.0.1'),
  port: port.default(0),
  controlPort: port.default(0),
  stateDir: z.string().nullable().default(null),
  clients: z.array(clientSchema).default([]),
});

const { values } = parseArgs({
  options: {
    /** A JSON file with any of the options; the arguments below go first. */
    config: { type: 'string' },
    host: { type: 'string' },
    port: { type: 'string' },
    'control-port': { type: 'string' },
    'state-dir': { type: 'string' },
  },
});

const configured = z
  .record(z.string(), z.unknown())
  .parse(values.config === undefined ? {} : JSON.parse(readFileSync(values.config, 'utf8')));
const sandbox = await startSandbox(
  optionsSchema.parse({
    ...configured,
    ...(values.host !== undefined && { host: values.host }),
    ...(values.port !== undefined && { port: values.port }),
    ...(values['control-port'] !== undefined && { controlPort: values['control-port'] }),
    ...(values['state-dir'] !== undefined && { stateDir: values['state-dir'] }),
  }),
);

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => void sandbox.close());
}

const { url, controlUrl, endpoints } = sandbox;
process.stdout.write(`${JSON.stringify({ url, controlUrl, endpoints })}\n`);
