import { afterAll, beforeAll, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { McpEndpoint, type ToolResult } from '../../src/gmail-mcp/endpoint/mcp-endpoint.fixture.js';
import { LoopHolds } from '../harness/loop-holds.js';
import { hostileMail, type HostileMail } from './hostile-mail.js';

const mails = Number(process.env.HOSTILE_MAILS ?? 150);
/**
 * What the product promises is a mail within 2 s and a pause of 100 ms. Where many tests share a processor, only what
 * they spend of it can be held against that, and not even that to the millisecond.
 */
const maySpendMs = 3_000;
const mayHoldLoopMs = 250;
/** What is beyond a bound is read again: a collection of garbage beside busy neighbours does not meet one mail each time. */
const attempts = 4;

const onlyForMachines = /[\u202d\u202e\u200b\u2060-\u2065\ufeff\u{e0000}-\u{e0fff}]|(?![\t\n])\p{Control}/u;

let endpoint: McpEndpoint;
beforeAll(async () => {
  endpoint = await McpEndpoint.start();
});
afterAll(() => endpoint.stop());

function ms(value: number): string {
  return `${value.toFixed()} ms`;
}

interface Reading {
  tookMs: number;
  /** Of the processors, by all threads of this process. */
  spentMs: number;
  holds: LoopHolds;
  result: ToolResult;
}

/** Reads a mail as an agent does, and yields how long it took and how long it held the loop. */
async function read({ answer }: HostileMail): Promise<Reading> {
  endpoint.gmail.override = (_request, response) => {
    response.writeHead(200, { 'content-type': 'application/json' }).end(answer);
  };
  // What made the mail is not what is measured.
  await new Promise((resolve) => setImmediate(resolve));
  const holds = new LoopHolds();
  holds.start();
  const begun = performance.now();
  const before = process.cpuUsage();
  const result = await endpoint.callTool('get_message', { messageId: 'm1' });
  const tookMs = performance.now() - begun;
  const { user, system } = process.cpuUsage(before);
  holds.stop();
  return { tookMs, spentMs: (user + system) / 1_000, holds, result };
}

function isWithin({ spentMs, holds }: Reading): boolean {
  return spentMs <= maySpendMs && holds.longestMs <= mayHoldLoopMs;
}

/** Of a mail beyond a bound the last of several readings: a mail that is slow by itself is slow in all of them. */
async function readFairly(mail: HostileMail): Promise<Reading> {
  let reading = await read(mail);
  for (let attempt = 1; attempt < attempts && !isWithin(reading); attempt += 1) reading = await read(mail);
  return reading;
}

function quantile(values: number[], share: number): number {
  return values.toSorted((a, b) => a - b)[Math.floor((values.length - 1) * share)] ?? 0;
}

it(
  `reads ${mails} hostile mails, each soon and without holding up others`,
  async () => {
    const took: number[] = [];
    const spent: number[] = [];
    const held: number[] = [];
    let slowest = '';
    let longest = '';
    const seed = Number(process.env.HOSTILE_SEED ?? Date.now() % 2_147_483_647);
    process.stdout.write(`hostile mails: ${mails}, seed ${seed}\n`);
    // Code that runs for the first time is compiled meanwhile.
    for (const mail of fc.sample(hostileMail, { numRuns: 20, seed: 1 })) await read(mail);

    await fc.assert(
      fc.asyncProperty(hostileMail, async (mail) => {
        const { tookMs, spentMs, holds, result } = await readFairly(mail);
        if (spentMs > Math.max(0, ...spent)) slowest = mail.what;
        if (holds.longestMs > Math.max(0, ...held)) longest = `${mail.what}, ${holds.delays()}`;
        took.push(tookMs);
        spent.push(spentMs);
        held.push(holds.longestMs);
        const text = result.content.map((each) => each.text).join('');
        expect(result.isError === true ? text.slice(0, 300) : '').toBe('');
        expect(onlyForMachines.exec(JSON.stringify(result.structuredContent))?.index).toBeUndefined();
        if (spentMs > maySpendMs) throw new Error(`${mail.what} took ${ms(spentMs)} of the processor`);
        if (holds.longestMs > mayHoldLoopMs)
          throw new Error(`${mail.what} held the loop for ${ms(holds.longestMs)}`);
      }),
      { numRuns: mails, seed, endOnFailure: true },
    );
    process.stdout.write(
      [
        `a mail takes: median ${ms(quantile(took, 0.5))}, p99 ${ms(quantile(took, 0.99))}, most ${ms(quantile(took, 1))}`,
        `of the processors: median ${ms(quantile(spent, 0.5))}, p99 ${ms(quantile(spent, 0.99))}, most ${ms(quantile(spent, 1))} (${slowest})`,
        `the loop is held: p99 ${ms(quantile(held, 0.99))}, most ${ms(quantile(held, 1))} (${longest})`,
        `over 2 s: ${took.filter((each) => each > 2_000).length}, of the processors ${spent.filter((each) => each > 2_000).length}; over 100 ms: ${held.filter((each) => each > 100).length}`,
        '',
      ].join('\n'),
    );
  },
  60_000 + mails * 2_000,
);
