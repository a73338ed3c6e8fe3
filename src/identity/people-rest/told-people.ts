import { Injectable } from '@nestjs/common';
import type { Page, PageRequest } from '../../database/index.js';
import { PersonAuthorizations } from '../people/person-authorizations.js';
import { PersonMailboxes } from '../people/person-mailboxes.js';
import { People, type Person } from '../people/people.js';
import { viewPerson, type PersonView } from './person-views.js';

/** People with what they connected and let clients do. */
@Injectable()
export class ToldPeople {
  constructor(
    private readonly people: People,
    private readonly mailboxes: PersonMailboxes,
    private readonly authorizations: PersonAuthorizations,
  ) {}

  async page(tenantId: string, query: PageRequest): Promise<Page<PersonView>> {
    const { items, nextCursor } = await this.people.list(tenantId, query);
    return { items: await this.told(tenantId, items), nextCursor };
  }

  /** @throws EvergrantError `NOT_FOUND`, alike for unknown and foreign people */
  async get(tenantId: string, personId: string): Promise<PersonView> {
    const person = await this.people.get(tenantId, personId);
    const [told] = await this.told(tenantId, [person]);
    if (told === undefined) throw new Error('A person was not told of');
    return told;
  }

  private async told(tenantId: string, people: readonly Person[]): Promise<PersonView[]> {
    const ids = people.map(({ id }) => id);
    const mailboxes = await this.mailboxes.listOf(tenantId, ids);
    const authorizations = await this.authorizations.list(tenantId, ids);
    return people.map((person) =>
      viewPerson(
        person,
        authorizations.filter(({ personId }) => personId === person.id),
        mailboxes.get(person.id) ?? [],
      ),
    );
  }
}
