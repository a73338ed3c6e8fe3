import { Controller, Get, HttpCode, Inject, Options, Param } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import { AccessFor } from '../../openapi/index.js';
import { pagesOfClients } from '../endpoints/calling-pages.js';
import { requireInstanceId } from '../scopes/resources.js';
import { SignInOptions } from '../sign-in-options.js';
import { protectedResourceMetadata } from './discovery-documents.js';

/** How clients find the authorization server of an MCP endpoint (RFC 9728, section 3.1). Public. */
@Controller('.well-known/oauth-protected-resource')
@AccessFor('open')
export class ProtectedResourceController {
  constructor(@Inject(SignInOptions) private readonly options: SignInOptions) {}

  @Get(['', 'mcp'])
  @RouteConfig(pagesOfClients)
  tell(): Record<string, unknown> {
    return this.resource('/mcp');
  }

  /** Of any id: whether there is such an instance, no stranger is told. */
  @Get('mcp/:instanceId')
  @RouteConfig(pagesOfClients)
  tellOf(@Param('instanceId') instanceId: string): Record<string, unknown> {
    requireInstanceId(instanceId);
    return this.resource(`/mcp/${instanceId}`);
  }

  /** CORS answers for it. */
  @Options(['', 'mcp', 'mcp/:instanceId'])
  @RouteConfig(pagesOfClients)
  @HttpCode(204)
  preflight(): void {
    return undefined;
  }

  private resource(path: string): Record<string, unknown> {
    const { publicUrl, externalIssuer } = this.options;
    return protectedResourceMetadata(publicUrl + path, externalIssuer ?? publicUrl);
  }
}
