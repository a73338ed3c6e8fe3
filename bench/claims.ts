import { readFile } from 'node:fs/promises';
import { z } from 'zod';

/** A claim of due credentials, as PostgreSQL explained it when the product made it. */
export interface Claim {
  database: string;
  durationMs: number;
  claimed: number;
  /** Buffers that were touched, found in memory or not. */
  blocks: number;
  /** The plan's nodes from the top, with the tables and indexes that they read. */
  nodes: string[];
}

/** Settings of a PostgreSQL whose log {@link claimsIn} reads. */
export const explainingSettings = ['log_line_prefix=%m [%p] %d '];

/** Makes the sessions of a database explain each statement in the log as they execute it. */
export function explainStatements(database: string): string[] {
  return [
    `ALTER DATABASE ${database} SET session_preload_libraries = 'auto_explain'`,
    ...Object.entries({ log_min_duration: '0', log_analyze: 'on', log_buffers: 'on', log_timing: 'off' }).map(
      ([name, value]) => `ALTER DATABASE ${database} SET auto_explain.${name} = '${value}'`,
    ),
    `ALTER DATABASE ${database} SET auto_explain.log_format = 'json'`,
  ];
}

interface Plan {
  'Node Type': string;
  'Relation Name'?: string | undefined;
  'Index Name'?: string | undefined;
  'Actual Rows': number;
  'Shared Hit Blocks': number;
  'Shared Read Blocks': number;
  Plans: Plan[];
}
const planSchema: z.ZodType<Plan> = z.object({
  'Node Type': z.string(),
  'Relation Name': z.string().optional(),
  'Index Name': z.string().optional(),
  'Actual Rows': z.number(),
  'Shared Hit Blocks': z.number(),
  'Shared Read Blocks': z.number(),
  Plans: z.array(z.lazy(() => planSchema)).default([]),
});
const explainedSchema = z.object({ 'Query Text': z.string(), Plan: planSchema });

const explained = /^\S+ \S+ \S+ \[\d+\] (\S+) LOG: {2}duration: ([\d.]+) ms {2}plan:\n((?:\t.*\n)+)/gm;

/**
 * The claims in a log of PostgreSQL's. They are told from other statements by what they do: rows of `mcp_credentials`
 * are updated that no other transaction has locked.
 */
export async function claimsIn(logFile: string): Promise<Claim[]> {
  const log = await readFile(logFile, 'utf8');
  return [...log.matchAll(explained)].flatMap(([, database = '', durationMs, json = '']) => {
    const { 'Query Text': text, Plan: plan } = explainedSchema.parse(JSON.parse(json));
    const nodes = nodesOf(plan);
    const isClaim = /skip locked/i.test(text) && nodes.includes('ModifyTable mcp_credentials');
    if (!isClaim || plan['Actual Rows'] === 0) return [];
    const blocks = plan['Shared Hit Blocks'] + plan['Shared Read Blocks'];
    return [{ database, durationMs: Number(durationMs), claimed: plan['Actual Rows'], blocks, nodes }];
  });
}

function nodesOf(plan: Plan): string[] {
  const { 'Node Type': type, 'Relation Name': table, 'Index Name': index } = plan;
  const node = [type, table, index].filter((each) => each !== undefined).join(' ');
  return [node, ...plan.Plans.flatMap(nodesOf)];
}
