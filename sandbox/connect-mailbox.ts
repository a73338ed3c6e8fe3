import { passConsent, type ConsentChoice } from './pass-consent.js';

/**
 * Does what a person's browser does with a connect link: follows it to the consent page, answers there, and
 * carries the flow cookie back to the callback.
 * @returns where the callback finally sends the browser: `…?connected=<id>` or `…?error=<code>`
 */
export async function connectMailbox(connectUrl: string, choice: ConsentChoice = {}): Promise<string> {
  const start = await fetch(connectUrl, { redirect: 'manual' });
  let cookie = cookieOf(start);
  let location = locationOf(start);
  // One visit to the consent page, or two when the provider has to be asked explicitly.
  for (let visit = 0; visit < 2 && cookie !== null; visit += 1) {
    const callback = await fetch(await passConsent(location, choice), {
      redirect: 'manual',
      headers: { cookie },
    });
    location = locationOf(callback);
    cookie = cookieOf(callback);
  }
  return location;
}

function locationOf(response: Response): string {
  const location = response.headers.get('location');
  if (location === null) throw new Error(`Expected a redirect, not HTTP ${response.status}`);
  return location;
}

/** The cookie that is set, as a browser sends it back; null when none is, or only cleared ones are. */
function cookieOf(response: Response): string | null {
  const pairs = response.headers
    .getSetCookie()
    .map((line) => line.split(';', 1)[0] ?? '')
    .filter((pair) => !pair.endsWith('='));
  return pairs.length === 0 ? null : pairs.join('; ');
}
