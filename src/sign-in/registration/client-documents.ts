import { Injectable } from '@nestjs/common';
import { request, type Dispatcher } from 'undici';
import { askPinned, isPublicAddress, systemResolver, type HostResolver } from '../../resilience/index.js';
import { readClientMetadata } from './client-metadata.js';

/** How documents of clients are reached. */
export class ClientDocumentsOptions {
  constructor(
    /** Others are reached through a proxy, which resolves names by itself, so that nothing is fetched. */
    readonly isBehindProxy = false,
    readonly resolver: HostResolver = systemResolver,
    readonly admits: (address: string) => boolean = isPublicAddress,
    /** Certificate authorities besides the system's, as PEM. */
    readonly authorities?: string,
  ) {}
}

/** The whole fetch, in milliseconds; a person waits for it. */
const deadlineMs = 5_000;
/** Of a document of metadata or of keys. */
export const longestDocumentBytes = 64 * 1024;

/**
 * Fetches documents that clients name: their metadata (OAuth Client ID Metadata Document) and their keys. A stranger
 * has chosen the URL, so that nothing leads to a host that is not on the public Internet: names are resolved once,
 * every address is looked at, the connection goes to one of those, and redirects are not followed.
 */
@Injectable()
export class ClientDocuments {
  constructor(private readonly options: ClientDocumentsOptions) {}

  /** @throws Error for a URL that is not fetched, for what is too long or late, and what the network throws */
  async fetch(href: string): Promise<Response> {
    const url = new URL(href);
    if (url.protocol !== 'https:' || url.username !== '' || url.password !== '')
      throw new Error('Only https documents are fetched');
    if (this.options.isBehindProxy) throw new Error('Nothing is fetched past the proxy');
    const { admits, resolver, authorities } = this.options;
    const reach = { admits, resolver, authorities, deadlineMs, maxResponseSize: longestDocumentBytes };
    const response = await askPinned(url, reach, (dispatcher, deadline) => get(url, dispatcher, deadline));
    if (response === null) throw new Error('The host is not on the public Internet');
    return response;
  }
}

async function get(url: URL, dispatcher: Dispatcher, signal: AbortSignal): Promise<Response> {
  const { statusCode, headers, body } = await request(url, {
    ...{ dispatcher, signal, headers: { accept: 'application/json' } },
  });
  const cacheControl = headers['cache-control'];
  return new Response(statusCode === 200 ? normalized(await body.text()) : null, {
    // Redirects among them: what is not a document is refused by its status.
    status: statusCode === 200 ? 200 : 502,
    headers: typeof cacheControl === 'string' ? { 'cache-control': cacheControl } : {},
  });
}

/** A client's document with the metadata that means something here; any other as it is. */
function normalized(text: string): string {
  const document: unknown = JSON.parse(text);
  if (typeof document !== 'object' || document === null || !('redirect_uris' in document)) return text;
  const { client_id, client_secret, token_endpoint_auth_method } = document as Record<string, unknown>;
  const read = readClientMetadata(document, 'none');
  // A shared secret in a public document is refused, not left out.
  const kept = { client_id, client_secret, token_endpoint_auth_method, ...read };
  return JSON.stringify(read === null ? { client_id } : kept);
}
