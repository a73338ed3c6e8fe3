/** A sample of a process's `/metrics`, 0 for one that is not there; named as it is written there, labels included. */
export async function metric(url: string, sample: string): Promise<number> {
  const text = await (await fetch(`${url}/metrics`)).text();
  const line = text.split('\n').find((each) => each.startsWith(`${sample} `));
  return Number(line?.slice(sample.length) ?? 0);
}

/** Processor time that the process has taken so far, all its threads together. */
export function cpuSeconds(url: string): Promise<number> {
  return metric(url, 'evergrant_process_cpu_seconds_total');
}

/** How late the event loop came round, p99 since the last look, with the 10 ms at which it is looked at. */
export async function eventLoopDelayMs(url: string): Promise<number> {
  return (await metric(url, 'evergrant_nodejs_eventloop_lag_p99_seconds')) * 1000;
}
