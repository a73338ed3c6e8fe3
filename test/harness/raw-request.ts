import { request } from 'node:http';
import { text } from 'node:stream/consumers';

interface RawRequest {
  method?: string;
  /** The request target, as it is sent. */
  path: string;
  headers?: Record<string, string>;
  body?: string;
}

export interface RawAnswer {
  status: number;
  headers: Headers;
  body: string;
}

/** A request with any Host, Accept and request target, or none of them, where fetch has its own. */
export function rawRequest(
  port: number,
  { method = 'POST', path, headers = {}, body = '' }: RawRequest,
): Promise<RawAnswer> {
  return new Promise((resolve, reject) => {
    const sent = request({ host: 'localhost', port, method, path, headers }, (response) => {
      const pairs = Object.entries(response.headers).map(([name, value]) => [name, String(value)]);
      const answered = {
        status: response.statusCode ?? 0,
        headers: new Headers(pairs as [string, string][]),
      };
      text(response).then((read) => resolve({ ...answered, body: read }), reject);
    });
    sent.on('error', reject);
    sent.end(body);
  });
}
