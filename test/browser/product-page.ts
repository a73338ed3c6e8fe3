import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { once } from 'node:events';

/** What the page of a product does with the element; it sees no API key. */
const script = `
const element = document.createElement('evergrant-connect');
window.seen = [];
for (const event of ['connected', 'reauth-required', 'error', 'token-needed'])
  document.addEventListener('evergrant-' + event, ({ detail }) => window.seen.push({ event, ...detail }));
const { instanceId, ask, theme } = Object.fromEntries(new URLSearchParams(location.search));
element.setAttribute('instance-id', instanceId);
element.setAttribute('refresh-seconds', '2');
if (theme) element.setAttribute('theme', theme);
const session = async () => (await fetch('/session?' + new URLSearchParams({ instanceId }), { method: 'POST' })).text();
if (ask === 'no') element.token = await session();
else element.getToken = session;
document.querySelector('main').append(element);
`;

/** A product with a server, at an origin of its own, whose pages load nothing but what the strictest policy lets them. */
export class ProductPage {
  /** Evergrant's, once it runs. */
  evergrantUrl = '';
  /** How often the page asked for a session. */
  sessions = 0;

  private constructor(
    private readonly server: Server,
    /** Makes a connect session with the product's API key. */
    private readonly openSession: (instanceId: string) => Promise<string>,
  ) {}

  static async start(openSession: (instanceId: string) => Promise<string>): Promise<ProductPage> {
    const server = createServer();
    const page = new ProductPage(server, openSession);
    server.on('request', (request, response) => {
      const { pathname, searchParams } = new URL(request.url ?? '/', 'http://product');
      if (pathname === '/session') {
        page.sessions += 1;
        void page.openSession(searchParams.get('instanceId') ?? '').then((token) => response.end(token));
      } else if (pathname === '/page.js') {
        response.setHeader('content-type', 'text/javascript').end(script);
      } else {
        for (const [name, value] of Object.entries(page.headers)) response.setHeader(name, value);
        response.end(page.html);
      }
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return page;
  }

  get origin(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  urlOf(instanceId: string, parameters: Record<string, string> = {}): string {
    return `${this.origin}/?${String(new URLSearchParams({ instanceId, ...parameters }))}`;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    this.server.close();
    await once(this.server, 'close');
  }

  private get headers(): Record<string, string> {
    const policy = [
      "default-src 'none'",
      `script-src 'self' ${this.evergrantUrl}`,
      `connect-src 'self' ${this.evergrantUrl}`,
      'img-src data:',
      "base-uri 'none'",
      "form-action 'none'",
      "require-trusted-types-for 'script'",
      "trusted-types 'none'",
    ];
    return { 'content-type': 'text/html', 'content-security-policy': policy.join('; ') };
  }

  private get html(): string {
    return `<!doctype html><html lang="en"><head><title>Product</title><link rel="icon" href="data:,">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <meta name="color-scheme" content="light dark">
      <script type="module" src="${this.evergrantUrl}/evergrant-connect.js"></script>
      <script type="module" src="/page.js"></script></head>
      <body><main><h1>Settings</h1><button type="button">Something else</button></main></body></html>`;
  }
}
