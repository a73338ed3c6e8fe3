import type { FastifyInstance } from 'fastify';
import { EvergrantError } from './evergrant-error.js';

/** Which methods each path has, in the terms of its routes: `/api/instances/:id`. */
export class AllowedMethods {
  private readonly methods = new Map<string, { matches: RegExp; allowed: Set<string> }>();

  add(route: string, methods: string | readonly string[]): void {
    // Preflights are answered for every path, and say nothing of what is there.
    if (route.includes('*')) return;
    const known = this.methods.get(route) ?? { matches: patternOf(route), allowed: new Set() };
    for (const method of [methods].flat()) known.allowed.add(method);
    this.methods.set(route, known);
  }

  /** Sorted; none for a path that does not exist. A route without parameters goes before one with them. */
  of(path: string): string[] {
    const exact = this.methods.get(path);
    const found = exact ?? [...this.methods.values()].find(({ matches }) => matches.test(path));
    return [...(found?.allowed ?? [])].sort();
  }
}

function patternOf(route: string): RegExp {
  const segments = route.split('/').map((segment) => (segment.startsWith(':') ? '[^/]+' : literal(segment)));
  return new RegExp(`^${segments.join('/')}$`);
}

function literal(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

/**
 * Answers 405 with `Allow` to a method that a path does not have (RFC 9110 section 15.5.6), which would else look as
 * if the path did not exist. To be called before routes are registered.
 */
export function refuseOtherMethods(fastify: FastifyInstance): void {
  const methods = new AllowedMethods();
  fastify.addHook('onRoute', ({ url, method }) => methods.add(url, method));
  fastify.addHook('onRequest', (request, reply, done) => {
    const allowed = request.is404 ? methods.of(request.url.split('?', 1)[0] ?? '') : [];
    if (allowed.length === 0) {
      done();
      return;
    }
    reply.header('allow', allowed.join(', '));
    done(
      new EvergrantError('METHOD_NOT_ALLOWED', {
        message: `${request.method} is not possible here, but ${allowed.join(', ')}`,
      }),
    );
  });
}
