import { DomUtils, parseDocument } from 'htmlparser2';

const mostHops = 20;

/** A page at which a browser is. */
export interface OpenPage {
  url: URL;
  status: number;
  headers: Headers;
  text: string;
}

/** A browser without scripts: it keeps cookies by host, follows redirects on `origin`s it is told of, and posts forms. */
export class HttpBrowser {
  readonly cookies = new Map<string, { value: string; path: string }>();

  /** @param origins whose redirects it follows; at others it stays, as at the redirect URI of a client */
  constructor(private readonly origins: readonly string[]) {}

  open(url: string, headers: Record<string, string> = {}): Promise<OpenPage> {
    return this.go(new URL(url), { headers });
  }

  /** Presses a button of the page's form, with its fields as they are shown, or others. */
  async press(
    page: OpenPage,
    button: Record<string, string> = {},
    fields: Record<string, readonly string[]> = {},
    headers: Record<string, string> = {},
  ): Promise<OpenPage> {
    const { action, form } = filledForm(page.text, fields);
    for (const [name, value] of Object.entries(button)) form.append(name, value);
    return this.go(new URL(action, page.url), {
      method: 'POST',
      body: form,
      headers: { origin: page.url.origin, 'sec-fetch-site': 'same-origin', ...headers },
    });
  }

  /** @returns the page at which it stays */
  async go(
    start: URL,
    first: Pick<RequestInit, 'method' | 'body'> & { headers: Record<string, string> },
  ): Promise<OpenPage> {
    let url = start;
    let request = first;
    for (let hop = 0; hop < mostHops; hop += 1) {
      const answer = await fetch(url, {
        ...request,
        redirect: 'manual',
        headers: { accept: 'text/html', ...request.headers, cookie: this.cookieFor(url) },
      });
      for (const line of answer.headers.getSetCookie()) this.keep(line);
      const text = await answer.text();
      const location = answer.headers.get('location');
      const next = location === null ? null : new URL(location, url);
      if (next === null || !this.origins.includes(next.origin))
        return { url: next ?? url, status: answer.status, headers: answer.headers, text };
      url = next;
      request = { headers: {} };
    }
    throw new Error(`Too many redirects: ${url.href}`);
  }

  private cookieFor({ pathname }: URL): string {
    return [...this.cookies]
      .filter(([, { path }]) => pathname === path || pathname.startsWith(path.replace(/\/?$/, '/')))
      .map(([name, { value }]) => `${name}=${value}`)
      .join('; ');
  }

  private keep(line: string): void {
    const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
    const path = /;\s*path=([^;]+)/i.exec(line)?.[1] ?? '/';
    if (value === '' || /expires=Thu, 01 Jan 1970|max-age=0/i.test(line)) this.cookies.delete(name);
    else this.cookies.set(name, { value, path });
  }
}

function filledForm(
  markup: string,
  fields: Record<string, readonly string[]>,
): { action: string; form: URLSearchParams } {
  const found = DomUtils.findOne(({ name }) => name === 'form', parseDocument(markup).children);
  if (found === null) throw new Error(`There is no form: ${readText(markup)}`);
  const form = new URLSearchParams();
  for (const { attribs } of DomUtils.getElementsByTagName('input', found)) {
    const { name, value = '', type } = attribs;
    const isShown = name !== undefined && !(name in fields) && (type !== 'checkbox' || 'checked' in attribs);
    if (isShown) form.append(name, value);
  }
  for (const [name, values] of Object.entries(fields)) for (const value of values) form.append(name, value);
  return { action: found.attribs.action ?? '', form };
}

/** What a page says, as a reader sees it. */
export function readText(markup: string): string {
  return markup
    .replace(/<style>.*?<\/style>/s, '')
    .replaceAll(/<[^>]+>/g, '')
    .replaceAll(/\s+/g, ' ')
    .trim();
}
