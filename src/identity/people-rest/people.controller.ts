import { Controller, Delete, Get, HttpCode, HttpStatus, Param, Query, Req, UseGuards } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { sourceOf } from '../../audit/index.js';
import type { Page, PageRequest } from '../../database/index.js';
import { Answers, pageQuery, Summary } from '../../openapi/index.js';
import { ApiKeyGuard } from '../admission/api-key.guard.js';
import { Principal } from '../admission/principal.decorator.js';
import { RequireRight } from '../admission/required-right.decorator.js';
import type { ApiPrincipal } from '../holders/api-principal.js';
import { actorOf } from '../rest/actor.js';
import { Audited } from '../rest/audited.decorator.js';
import { PersonRemoval } from './person-removal.js';
import {
  personDeletion,
  personPageView,
  personView,
  type PersonDeletion,
  type PersonView,
} from './person-views.js';
import { ToldPeople } from './told-people.js';

/** People who signed in with Google. */
@Controller('api/people')
@UseGuards(ApiKeyGuard)
@RequireRight('people:read')
export class PeopleController {
  constructor(
    private readonly people: ToldPeople,
    private readonly removal: PersonRemoval,
  ) {}

  @Get()
  @Summary(
    'List people',
    'Who signed in with Google, through which MCP clients, with which mailboxes: a page in the order of their first sign-in.',
  )
  @Answers({ 200: personPageView })
  list(
    @Principal() { tenantId }: ApiPrincipal,
    @Query({ schema: pageQuery }) query: PageRequest,
  ): Promise<Page<PersonView>> {
    return this.people.page(tenantId, query);
  }

  @Get(':id')
  @Summary('Get a person', 'With the clients that may act for the person, and the mailboxes.')
  @Answers({ 200: personView })
  get(@Principal() { tenantId }: ApiPrincipal, @Param('id') id: string): Promise<PersonView> {
    return this.people.get(tenantId, id);
  }

  @Delete(':id')
  @HttpCode(HttpStatus.NO_CONTENT)
  @RequireRight('people:write')
  @Summary(
    'End all that a person has here',
    'Sessions in browsers, what clients were allowed, and their tokens end, in every process within a second. Whom `SIGN_IN_DOMAINS` or `SIGN_IN_EMAILS` still names may sign in again, as a new person.',
  )
  @Audited('person.deleted', (_answer, { id }) => id)
  @Answers({ 204: 'Ended' })
  async remove(
    @Principal() principal: ApiPrincipal,
    @Param('id') id: string,
    @Query({ schema: personDeletion }) { mailboxes }: PersonDeletion,
    @Req() request: FastifyRequest,
  ): Promise<void> {
    const by = { actor: actorOf(principal), source: sourceOf(request) };
    await this.removal.remove(principal.tenantId, id, mailboxes, by);
  }
}
