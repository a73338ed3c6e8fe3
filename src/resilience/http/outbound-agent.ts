import { Agent, type Dispatcher, EnvHttpProxyAgent, Pool } from 'undici';
import { connector } from './connector.js';
import { failedWhileConnecting } from './network-failure.js';

/** The proxy that requests to other hosts leave through, as `HTTPS_PROXY` and `NO_PROXY` say it. */
export interface OutboundProxy {
  /** `http://` or `https://`, perhaps with user and password. */
  url: string;
  /** Hosts that are reached without it, separated by commas or blanks. */
  exceptFor: string;
}

interface OutboundOptions {
  connectTimeoutMs: number;
  proxy: OutboundProxy | null;
  maxResponseSize: number;
  /** To one origin at once. */
  connections?: number;
  headersTimeout?: number;
  bodyTimeout?: number;
}

/** This machine is never asked through a proxy. */
const loopback = 'localhost,127.0.0.1,::1';

/**
 * Kept-alive HTTP/1.1 connections, through a tunnel of the proxy where there is one (RFC 9110, 9.3.6). What fails before
 * there is a connection for the request is marked as provably not sent.
 */
export function outboundAgent({ connectTimeoutMs, proxy, ...options }: OutboundOptions): Dispatcher {
  // Failures are classified by the errors of HTTP/1.1 connections.
  const direct = { ...options, allowH2: false, connect: connector(connectTimeoutMs) };
  if (proxy === null) return new Agent(direct);
  return new EnvHttpProxyAgent({
    ...direct,
    connectTimeout: connectTimeoutMs,
    clientFactory: tunnelPool,
    // Empty, not absent: undici would read the environment by itself.
    httpProxy: '',
    httpsProxy: proxy.url,
    noProxy: `${loopback},${proxy.exceptFor}`,
  });
}

/** Connections to the proxy, on each of which one tunnel is asked for. */
function tunnelPool(origin: URL, options: object): Dispatcher {
  const pool = new Pool(origin, options);
  const connect: Connect = pool.connect.bind(pool);
  return Object.assign(pool, { connect: opening(connect) });
}

type Connect = (options: Dispatcher.ConnectOptions) => Promise<Dispatcher.ConnectData>;

function opening(connect: Connect): Connect {
  return async (options) => {
    try {
      const answer = await connect(options);
      if (answer.statusCode === 200) return answer;
      answer.socket.on('error', () => undefined).destroy();
      throw Object.assign(new Error(`The proxy answered ${answer.statusCode}`), {
        code: 'ERR_PROXY_REFUSED',
      });
    } catch (error) {
      throw error instanceof Error ? failedWhileConnecting(error) : error;
    }
  };
}
