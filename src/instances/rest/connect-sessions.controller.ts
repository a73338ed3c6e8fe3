import { Body, Controller, Post, UseGuards } from '@nestjs/common';
import { EvergrantError } from '../../errors/index.js';
import {
  ApiKeyGuard,
  Audited,
  ConnectSessions,
  Principal,
  RequireRight,
  type ApiPrincipal,
} from '../../identity/index.js';
import { Answers, Summary } from '../../openapi/index.js';
import { Instances } from '../directory/instances.js';
import { connectSessionView, type ConnectSessionView } from './connect-session-view.js';
import { connectSessionInput, type ConnectSessionInput } from './instance-input.js';

/** Credentials that a tenant's server gives to its pages. */
@Controller('api/connect-sessions')
@UseGuards(ApiKeyGuard)
export class ConnectSessionsController {
  constructor(
    private readonly instances: Instances,
    private readonly sessions: ConnectSessions,
  ) {}

  @Post()
  @RequireRight('instances:write')
  @Audited('connect_session.created', ({ id }: ConnectSessionView) => id)
  @Summary(
    'Open a connect session',
    'A bearer token for a page in a browser, of an origin that `FRONTEND_ORIGINS` lists: for fifteen minutes, and no longer than the key or session that asks. It opens `GET /api/instances/{id}`, which answers it with `ConnectInstance`, and `POST /api/instances/{id}/start-oauth`, both for the instances named alone; all else answers it as it does a wrong key. Without `instanceIds` it is for every instance of the tenant, later ones too, which suits a frontend of the tenant’s own people and never a page of an end user; the right `instances:read` is needed as well.',
  )
  @Answers({ 201: connectSessionView })
  async open(
    @Principal() principal: ApiPrincipal,
    @Body({ schema: connectSessionInput }) { instanceIds }: ConnectSessionInput,
  ): Promise<ConnectSessionView> {
    if (instanceIds === undefined) requireRightForAll(principal);
    else await this.requireOwn(principal, instanceIds);
    return this.sessions.open(principal, instanceIds ?? null);
  }

  /** Alike for unknown and foreign instances. */
  private async requireOwn({ tenantId }: ApiPrincipal, instanceIds: readonly string[]): Promise<void> {
    const own = await this.instances.getMany(tenantId, instanceIds);
    const missing = instanceIds.findIndex((id) => !own.has(id));
    if (missing === -1) return;
    throw new EvergrantError('VALIDATION_FAILED', {
      field: `instanceIds.${missing}`,
      message: `instanceIds.${missing} names no instance of this tenant`,
    });
  }
}

/** No caller hands out more than it may use itself: by ids it does not have to know, a session for all reads all. */
function requireRightForAll({ rights }: ApiPrincipal): void {
  if (rights.has('instances:read')) return;
  throw new EvergrantError('FORBIDDEN', {
    field: 'instanceIds',
    message: 'A connect session for all instances needs the right instances:read - name them in instanceIds',
  });
}
