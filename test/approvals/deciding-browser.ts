import { DomUtils, parseDocument } from 'htmlparser2';
import { passConsent, type ConsentChoice } from '../../sandbox/index.js';

/** What a browser was answered: the page, or where it was sent. */
export interface Shown {
  status: number;
  headers: Headers;
  text: string;
  location: string | null;
}

/** A browser as far as pages without scripts need one: it keeps cookies, and posts forms as their page's origin. */
export class DecidingBrowser {
  private readonly cookies = new Map<string, string>();

  constructor(cookie?: string) {
    if (cookie !== undefined) this.keep(cookie);
  }

  keep(cookie: string): void {
    const [name = '', value = ''] = cookie.split(/=(.*)/s);
    if (value === '') this.cookies.delete(name);
    else this.cookies.set(name, value);
  }

  cookie(name: string): string | undefined {
    return this.cookies.get(name);
  }

  async opens(url: string): Promise<Shown> {
    return this.answered(await fetch(url, { redirect: 'manual', headers: { cookie: this.sent } }));
  }

  async posts(
    url: string,
    fields: Record<string, string>,
    headers: Record<string, string> = {},
  ): Promise<Shown> {
    const origin = new URL(url).origin;
    const type = 'application/x-www-form-urlencoded';
    const answer = await fetch(url, {
      method: 'POST',
      redirect: 'manual',
      headers: { origin, 'content-type': type, cookie: this.sent, ...headers },
      body: new URLSearchParams(fields).toString(),
    });
    return this.answered(answer);
  }

  /** Presses the button of a page that has one form with it. */
  async presses(url: string, decision: 'approve' | 'reject'): Promise<Shown> {
    return this.posts(url, { ...fieldsOf((await this.opens(url)).text), decision });
  }

  /** Signs in on the page behind a link, as far as the page that the sign-in ends on. */
  async signsIn(url: string, choice: ConsentChoice): Promise<Shown> {
    const begun = await this.posts(`${url}/sign-in`, {});
    if (begun.location === null) throw new Error(`The button led nowhere: HTTP ${begun.status}`);
    const callback = await this.opens(await passConsent(begun.location, choice));
    return callback.location === null ? callback : this.opens(callback.location);
  }

  private get sent(): string {
    return [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  }

  private async answered(answer: Response): Promise<Shown> {
    for (const line of answer.headers.getSetCookie()) this.keep(line.split(';')[0] ?? '');
    const { status, headers } = answer;
    return { status, headers, text: await answer.text(), location: headers.get('location') };
  }
}

/** The hidden fields of a page's forms. */
export function fieldsOf(page: string): Record<string, string> {
  const inputs = DomUtils.getElementsByTagName('input', parseDocument(page).children);
  return Object.fromEntries(inputs.map(({ attribs }) => [attribs.name ?? '', attribs.value ?? '']));
}
