import { Controller, Delete, Get, HttpCode, HttpStatus, Param, UseGuards } from '@nestjs/common';
import { Answers, Summary } from '../../openapi/index.js';
import { ApiKeyGuard } from '../admission/api-key.guard.js';
import { Principal } from '../admission/principal.decorator.js';
import { RequireRight } from '../admission/required-right.decorator.js';
import type { ApiPrincipal } from '../holders/api-principal.js';
import { PersonAuthorizations } from '../people/person-authorizations.js';
import { People } from '../people/people.js';
import { Audited } from '../rest/audited.decorator.js';
import { authorizationView, viewAuthorization, type AuthorizationView } from './person-views.js';

/** What people let MCP clients do. */
@Controller('api/people/:id/authorizations')
@UseGuards(ApiKeyGuard)
@RequireRight('people:read')
export class PersonAuthorizationsController {
  constructor(
    private readonly people: People,
    private readonly authorizations: PersonAuthorizations,
  ) {}

  @Get(':authorizationId')
  @Summary('Get what a person let a client do', 'Its scopes, and the mailboxes that it opens.')
  @Answers({ 200: authorizationView })
  async get(
    @Principal() { tenantId }: ApiPrincipal,
    @Param('id') id: string,
    @Param('authorizationId') authorizationId: string,
  ): Promise<AuthorizationView> {
    const person = await this.people.get(tenantId, id);
    return viewAuthorization(
      await this.authorizations.get({ tenantId, personId: person.id }, authorizationId),
    );
  }

  @Delete(':authorizationId')
  @HttpCode(HttpStatus.NO_CONTENT)
  @RequireRight('people:write')
  @Summary(
    'End what a person let a client do',
    'Its tokens are answered 401 from then on, in every process within a second. The person may allow it again.',
  )
  @Audited('authorization.ended', (_answer, { authorizationId }) => authorizationId)
  @Answers({ 204: 'Ended' })
  async end(
    @Principal() { tenantId }: ApiPrincipal,
    @Param('id') id: string,
    @Param('authorizationId') authorizationId: string,
  ): Promise<void> {
    const person = await this.people.get(tenantId, id);
    await this.authorizations.end({ tenantId, personId: person.id }, authorizationId);
  }
}
