import { passConsent, type ConsentChoice } from './pass-consent.js';
import { pressConnectButton } from './press-connect-button.js';

/**
 * Does what a person's browser does with a connect link: presses the button on its page, answers the consent page, and
 * carries the flow cookie back to the callback.
 * @returns where the callback finally sends the browser: `…?connected=<id>` or `…?error=<code>`
 */
export async function connectMailbox(connectUrl: string, choice: ConsentChoice = {}): Promise<string> {
  const { location, cookie } = await pressConnectButton(connectUrl);
  return cookie === null ? location : finishConsent({ location, cookie }, choice);
}

/** The same from the provider's door on. */
export async function finishConsent(
  { location, cookie }: { location: string; cookie: string },
  choice: ConsentChoice = {},
): Promise<string> {
  let next = location;
  // One visit to the consent page, or two when the provider has to be asked explicitly.
  for (let visit = 0; visit < 2; visit += 1) {
    const callback = await fetch(await passConsent(next, choice), {
      redirect: 'manual',
      headers: { cookie },
    });
    await callback.arrayBuffer();
    next = locationOf(callback);
    if (!new URL(next).searchParams.has('redirect_uri')) break;
  }
  return next;
}

function locationOf(response: Response): string {
  const location = response.headers.get('location');
  if (location === null) throw new Error(`Expected a redirect, not HTTP ${response.status}`);
  return location;
}
