import { readFileSync } from 'node:fs';
import { parseEnv } from 'node:util';
import { parse } from 'yaml';
import { z } from 'zod';

const serviceSchema = z.object({
  environment: z.record(z.string(), z.string()),
  healthcheck: z.object({ test: z.tuple([z.literal('CMD')], z.string()) }),
  depends_on: z.record(z.string(), z.object({ condition: z.string() })).default({}),
});

export type ComposeService = z.output<typeof serviceSchema>;

const text = readFileSync('docker-compose.yml', 'utf8');

/** docker-compose.yml with its anchors and merges resolved. */
export const composeFile: unknown = parse(text, { merge: true });

export const { services } = z.object({ services: z.record(z.string(), serviceSchema) }).parse(composeFile);

/** `${NAME}`, with `:?` where it must be given and `:-` where something else stands in. */
const reference = /\$\{([A-Z_]+)(?::([?-])([^}]*))?\}/g;

/** The variables that the file takes from `.env`. */
export const referencedVariables = new Set([...text.matchAll(reference)].map(([, name]) => name ?? ''));

/** The variables that deploy/.env.example explains, with what it suggests. */
export const exampleVariables = parseEnv(readFileSync('deploy/.env.example', 'utf8'));

/** What Compose would hand to the service's container. @throws when a variable that must be given is not */
export function containerEnvironment(
  { environment }: ComposeService,
  dotEnv: Readonly<Record<string, string>>,
): Record<string, string> {
  const interpolated = (value: string) =>
    value.replace(reference, (_all, name: string, kind: string | undefined, fallback: string | undefined) => {
      const given = dotEnv[name] ?? '';
      if (given === '' && kind === '?') throw new Error(`${name} is required`);
      return given === '' ? (fallback ?? '') : given;
    });
  return Object.fromEntries(Object.entries(environment).map(([name, value]) => [name, interpolated(value)]));
}
