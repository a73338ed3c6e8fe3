const askMs = 1_000;

/** Who holds a port of this machine, as far as it tells. An Evergrant is known by its metrics, its sandbox by its name. */
export async function portHolder(port: number): Promise<'another Evergrant' | 'another program'> {
  const [metrics, sandbox] = await Promise.all([textAt(port, '/metrics'), sandboxAt(port)]);
  return /^evergrant_/m.test(metrics) || sandbox !== null ? 'another Evergrant' : 'another program';
}

/** The name of the sandbox that answers on a port of this machine; null where none does. */
export async function sandboxAt(port: number): Promise<string | null> {
  return /^evergrant sandbox (\S*)$/.exec(await textAt(port, '/evergrant-sandbox'))?.[1] ?? null;
}

/** Empty where nothing is answered, or something else. */
async function textAt(port: number, path: string): Promise<string> {
  const signal = AbortSignal.timeout(askMs);
  return fetch(`http://localhost:${port}${path}`, { signal, redirect: 'manual' })
    .then((answer) => (answer.ok ? answer.text() : ''))
    .catch(() => '');
}
