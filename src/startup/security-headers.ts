import { IncomingMessage, ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import helmet, { type HelmetOptions } from 'helmet';

const hstsLifeSeconds = 365 * 24 * 60 * 60;

/**
 * Security headers for every answer. Pages may load what is of this origin, and nothing inline. They depend on no
 * request, so they are written once.
 */
export function securityHeaders(publicUrl: string): Record<string, string> {
  const request = new IncomingMessage(new Socket());
  const response = new ServerResponse(request);
  helmet(helmetOptions(publicUrl))(request, response, () => undefined);
  return response.getHeaders() as Record<string, string>;
}

function helmetOptions(publicUrl: string): HelmetOptions {
  return {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'"],
        imgSrc: ["'self'", 'data:'],
        fontSrc: ["'self'"],
        connectSrc: ["'self'"],
        formAction: ["'self'"],
        baseUri: ["'none'"],
        frameAncestors: ["'none'"],
      },
    },
    // A frontend may open the connect link in a window of its own and wait for it.
    crossOriginOpenerPolicy: false,
    // Other names under the same domain are not ours to decide about.
    strictTransportSecurity: publicUrl.startsWith('https:') && {
      maxAge: hstsLifeSeconds,
      includeSubDomains: false,
    },
    xFrameOptions: { action: 'deny' },
    // What browsers do without being told.
    originAgentCluster: false,
    // Read by no browser that is still kept: Internet Explorer, Flash, and filters and prefetching that are gone.
    xDnsPrefetchControl: false,
    xDownloadOptions: false,
    xPermittedCrossDomainPolicies: false,
    xXssProtection: false,
  };
}
