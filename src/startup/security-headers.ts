import type { FastifyHelmetOptions } from '@fastify/helmet';

const hstsLifeSeconds = 365 * 24 * 60 * 60;

/** Security headers for every answer. Pages may load what is of this origin, and nothing inline. */
export function securityHeaders(publicUrl: string): FastifyHelmetOptions {
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
  };
}
