import { DomUtils, parseDocument } from 'htmlparser2';

/** Signing in and consenting are two forms; the redirects between them and to us are fewer than this. */
const mostPages = 20;

/**
 * Follows a connect link through whatever pages it leads to, filling in their forms, as a browser with cookies does.
 * @param fields what is typed into the forms, by the names of their inputs
 * @returns the page on which nothing is left to do
 */
export async function consentAt(link: string, fields: Record<string, string>): Promise<URL> {
  const cookies = new Map<string, string>();
  let url = new URL(link);
  let form: URLSearchParams | null = null;
  for (let page = 0; page < mostPages; page += 1) {
    const answer: Response = await fetch(url, {
      redirect: 'manual',
      method: form === null ? 'GET' : 'POST',
      body: form,
      headers: { cookie: [...cookies].map((pair) => pair.join('=')).join('; '), origin: url.origin },
    });
    for (const cookie of answer.headers.getSetCookie()) keep(cookies, cookie);
    const location = answer.headers.get('location');
    if (location !== null) {
      await answer.arrayBuffer();
      url = new URL(location, url);
      form = null;
      continue;
    }
    const next = filledIn(await answer.text(), fields);
    if (next === null) return url;
    url = new URL(next.action, url);
    form = next.form;
  }
  throw new Error(`The consent does not end: ${url.href}`);
}

/** Cookies of one machine's ports are shared, in browsers too (RFC 6265 section 8.5). */
function keep(cookies: Map<string, string>, line: string): void {
  const [pair = ''] = line.split(';', 1);
  const [name = ''] = pair.split('=', 1);
  const value = pair.slice(name.length + 1);
  if (value === '' || /expires=Thu, 01 Jan 1970/i.test(line)) cookies.delete(name);
  else cookies.set(name, value);
}

function filledIn(
  markup: string,
  fields: Record<string, string>,
): { action: string; form: URLSearchParams } | null {
  const found = DomUtils.findOne(({ name }) => name === 'form', parseDocument(markup).children);
  if (found === null) return null;
  const form = new URLSearchParams();
  for (const { attribs } of DomUtils.getElementsByTagName('input', found)) {
    const { name, value = '' } = attribs;
    if (name !== undefined) form.append(name, fields[name] ?? value);
  }
  return { action: found.attribs.action ?? '', form };
}
