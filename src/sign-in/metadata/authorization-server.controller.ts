import { Controller, Get, HttpCode, Inject, Options, Param } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import { AccessFor } from '../../openapi/index.js';
import { pagesOfClients } from '../endpoints/calling-pages.js';
import { requireInstanceId } from '../scopes/resources.js';
import { SignInOptions } from '../sign-in-options.js';
import { authorizationServerMetadata } from './discovery-documents.js';

const documents = ['oauth-authorization-server', 'openid-configuration'];
/** At the root, and where clients look that put the path of the endpoint behind (RFC 8414, section 3.1). */
const routes = documents.flatMap((name) => [name, `${name}/mcp`]);
const routesOfInstances = documents.map((name) => `${name}/mcp/:instanceId`);

/** How clients find out about the authorization server. Public, and the same for all. */
@Controller('.well-known')
@AccessFor('open')
export class AuthorizationServerController {
  constructor(@Inject(SignInOptions) private readonly options: SignInOptions) {}

  @Get(routes)
  @RouteConfig(pagesOfClients)
  tell(): Record<string, unknown> {
    return authorizationServerMetadata(this.options.publicUrl);
  }

  @Get(routesOfInstances)
  @RouteConfig(pagesOfClients)
  tellOf(@Param('instanceId') instanceId: string): Record<string, unknown> {
    requireInstanceId(instanceId);
    return this.tell();
  }

  /** CORS answers for it. */
  @Options([...routes, ...routesOfInstances])
  @RouteConfig(pagesOfClients)
  @HttpCode(204)
  preflight(): void {
    return undefined;
  }
}
