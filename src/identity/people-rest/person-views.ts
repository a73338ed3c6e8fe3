import { z } from 'zod';
import { pageView } from '../../openapi/index.js';
import type { Authorization } from '../people/person-authorizations.js';
import type { Person } from '../people/people.js';

/** What callers see: these fields and no other. */
export const authorizationView = z
  .object({
    id: z.string(),
    clientId: z.string(),
    clientName: z.string().nullable().describe('As the client calls itself'),
    scopes: z.array(z.string()).describe('Such as `gmail:read`'),
    instanceIds: z
      .array(z.guid())
      .nullable()
      .describe('The mailboxes it opens; null for all that the person has, later ones included'),
    createdAt: z.date(),
  })
  .meta({ id: 'Authorization', description: 'What a person let one MCP client do' });

export const personView = z
  .object({
    id: z.guid(),
    tenantId: z.guid(),
    email: z.string().describe('As the last sign-in told it'),
    clients: z.array(authorizationView).describe('Those that may act for the person, the oldest first'),
    mailboxes: z.array(z.guid()).describe('The ids of the instances that the person connected'),
    createdAt: z.date().describe('When the person first signed in'),
    lastSignInAt: z.date(),
  })
  .meta({ id: 'Person', description: 'Who signed in with Google, of one tenant' });
export const personPageView = pageView(personView).meta({ id: 'PersonPage' });

export type AuthorizationView = z.output<typeof authorizationView>;
export type PersonView = z.output<typeof personView>;

export const personDeletion = z.strictObject({
  mailboxes: z
    .enum(['keep', 'disconnect'])
    .default('keep')
    .describe(
      'What becomes of the person’s mailboxes: they stay as instances of the tenant, or are deleted with their grants',
    ),
});
export type PersonDeletion = z.output<typeof personDeletion>;

export function viewAuthorization(authorization: Authorization): AuthorizationView {
  return authorizationView.parse(authorization);
}

export function viewPerson(
  person: Person,
  clients: readonly Authorization[],
  mailboxes: string[],
): PersonView {
  return personView.parse({ ...person, clients, mailboxes });
}
