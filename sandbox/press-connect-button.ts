import { DomUtils, parseDocument } from 'htmlparser2';

/** A browser after it opened a connect link and pressed the button there. */
export interface PressedButton {
  /** Where it was sent: to the provider, or to the end of a consent that the link no longer begins. */
  location: string;
  /** The flow cookie, as the browser sends it back; null when the link showed no button. */
  cookie: string | null;
}

/**
 * Does over HTTP what a person does with a connect link, as far as the provider's door. Redirects are not followed.
 * Throws when the link neither shows a button nor redirects, or when the button does not redirect.
 */
export async function pressConnectButton(connectUrl: string): Promise<PressedButton> {
  const page = await fetch(connectUrl, { redirect: 'manual' });
  const markup = await page.text();
  const ended = page.headers.get('location');
  if (ended !== null) return { location: ended, cookie: null };
  const form = DomUtils.findOne(({ name }) => name === 'form', parseDocument(markup).children);
  if (page.status !== 200 || form === null) throw new Error(`The link shows no button: HTTP ${page.status}`);
  return postForm(new URL(form.attribs.action ?? '', connectUrl).href, cookiesOf(page));
}

/** Posts a form of ours, which has no fields, as a browser does from the page that shows it. */
export async function postForm(url: string, cookie: string): Promise<PressedButton> {
  const answer = await fetch(url, {
    method: 'POST',
    redirect: 'manual',
    headers: {
      cookie,
      origin: new URL(url).origin,
      'content-type': 'application/x-www-form-urlencoded',
    },
    body: '',
  });
  await answer.arrayBuffer();
  const location = answer.headers.get('location');
  if (location === null) throw new Error(`The button did not redirect: HTTP ${answer.status}`);
  return { location, cookie };
}

function cookiesOf(response: Response): string {
  return response.headers
    .getSetCookie()
    .map((line) => line.split(';', 1)[0] ?? '')
    .join('; ');
}
