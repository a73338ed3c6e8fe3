import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, it } from '@jest/globals';
import { fillTenant } from '../../bench/many-instances.js';
import { repository } from '../harness/node-process.js';
import { timesWaiting } from '../harness/processor-share.js';
import { describeConsole, Stage } from './stage.js';

const mostScriptBytes = 200_000;
const mostPaintMs = 1_000;
const mostFrameMs = 100;
const slowedTimes = 4;
/** Whatever else the machine does only adds to a time: it is reckoned with, and the best of these counts. */
const attempts = 5;
const manyMailboxes = 10_000;

interface Paint {
  largestMs: number;
  shift: number;
}

/** Runs in the page before anything of ours: keeps what the browser tells of paints and shifts. */
const observe = `
  window.paint = { largestMs: 0, shift: 0 };
  new PerformanceObserver((list) => {
    for (const { startTime } of list.getEntries()) window.paint.largestMs = startTime;
  }).observe({ type: 'largest-contentful-paint', buffered: true });
  new PerformanceObserver((list) => {
    for (const { value, hadRecentInput } of list.getEntries()) if (!hadRecentInput) window.paint.shift += value;
  }).observe({ type: 'layout-shift', buffered: true });
`;

/** Runs in the page: scrolls the list by some screens each frame to its end, and tells how long each frame took. */
const scrollThrough = `new Promise((resolve) => {
  const frame = document.querySelector('[role=list]').parentElement;
  const times = [];
  let before = performance.now();
  const step = (now) => {
    times.push(now - before);
    before = now;
    if (frame.scrollTop + frame.clientHeight >= frame.scrollHeight - 1) resolve(Math.max(...times.slice(1)));
    else {
      frame.scrollTop += 8 * frame.clientHeight;
      requestAnimationFrame(step);
    }
  };
  requestAnimationFrame(step);
})`;

describeConsole('the console', () => {
  const stage = Stage.set();

  it('loads less than 200 kB of script for its first page, as gzip has it', async () => {
    const loaded: string[] = [];
    stage.page.on('response', (response) => {
      if (new URL(response.url()).pathname.endsWith('.js')) loaded.push(basename(response.url()));
    });
    await stage.opens();
    const bytes = loaded
      .map((file) => gzipSync(readFileSync(join(repository, 'dist/console/assets', file))).length)
      .reduce((sum, each) => sum + each, 0);
    expect(loaded.length).toBeGreaterThan(1);
    expect(bytes).toBeLessThan(mostScriptBytes);
  });

  it('paints its first page within a second on a processor slowed four times, and shifts nothing', async () => {
    await fillTenant(stage.app.dataSource, 'default', manyMailboxes);
    await stage.opens();
    const { page, visitor } = stage;
    const devTools = await visitor.context.newCDPSession(page);
    await devTools.send('Emulation.setCPUThrottlingRate', { rate: slowedTimes });
    await page.addInitScript(observe);
    const paints: Paint[] = [];
    for (let attempt = 0; attempt < attempts; attempt += 1) {
      await page.reload();
      await page.getByText('user1@example.com', { exact: true }).waitFor();
      const { largestMs, shift } = await page.evaluate<Paint>('window.paint');
      paints.push({ largestMs: largestMs / timesWaiting(), shift });
    }
    expect(Math.min(...paints.map(({ largestMs }) => largestMs))).toBeLessThan(mostPaintMs);
    expect(Math.max(...paints.map(({ shift }) => shift))).toBe(0);
  });

  it('lists, filters and scrolls ten thousand mailboxes without a frame over 100 ms', async () => {
    await stage.opens();
    const { page } = stage;
    const longest: number[] = [];
    // The first time all of it is read.
    await page.getByText('user1@example.com', { exact: true }).waitFor();
    while ((await listed()) < manyMailboxes) await page.evaluate<number>(scrollThrough);
    for (let attempt = 0; attempt < attempts; attempt += 1) {
      await page.evaluate("document.querySelector('[role=list]').parentElement.scrollTop = 0");
      longest.push((await page.evaluate<number>(scrollThrough)) / timesWaiting());
    }
    expect(Math.min(...longest)).toBeLessThan(mostFrameMs);
    expect(await page.getByRole('listitem').count()).toBeLessThan(60);
    await page.getByLabel('Search').fill('Mailbox 9999');
    await page.getByText('Mailbox 9989', { exact: true }).waitFor({ state: 'detached' });
    await page.getByText('Mailbox 9999', { exact: true }).waitFor();

    async function listed(): Promise<number> {
      const height = await page.evaluate<number>("document.querySelector('[role=list]').scrollHeight");
      return height / 64;
    }
  });
});
