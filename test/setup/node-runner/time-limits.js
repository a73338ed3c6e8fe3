const { setTimeout, clearTimeout } = globalThis;
const defaultMs = 30_000;

/** By test file: the runner loads them one after another into one process. */
const limitsMs = new Map();

function file() {
  return globalThis.expect.getState().testPath;
}

/** What `jest.setTimeout` does: the limit of this file's tests and hooks that name none of their own. */
export function setTimeLimit(milliseconds) {
  limitsMs.set(file(), milliseconds);
}

/** A test or hook that fails once it takes longer than it may; the runner knows no such limit. */
function limited(run, ownLimitMs) {
  const limitMs = ownLimitMs ?? limitsMs.get(file()) ?? defaultMs;
  return async (...row) => {
    let timer;
    const tooLong = new Error(`Took longer than ${limitMs} ms`);
    const exceeded = new Promise((_, reject) => (timer = setTimeout(reject, limitMs, tooLong)));
    try {
      await Promise.race([run(...row), exceeded]);
    } finally {
      clearTimeout(timer);
    }
  };
}

/** `it` and what hangs on it, with a limit of time. */
export function limitedTest(register) {
  const it = (name, run, limitMs) => register(name, limited(run, limitMs));
  it.each =
    (...table) =>
    (name, run, limitMs) =>
      register.each(...table)(name, limited(run, limitMs));
  if (register.only) it.only = limitedTest(register.only);
  if (register.skip) it.skip = register.skip;
  return it;
}

export function limitedHook(register) {
  return (run, limitMs) => register(limited(run, limitMs));
}
