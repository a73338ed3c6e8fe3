import { type McpServer, ResourceNotFoundError } from '@modelcontextprotocol/server';
import type { PersonCaller } from '../guards/mcp-request.js';
import { resourceRead, resourceTemplatesOf } from '../resources/mail-resources.js';
import { requireFirstPage } from '../serving/one-page.js';
import { resourceResult } from '../serving/serve-resources.js';
import { mailboxArgument, usableNames } from './listed-tools.js';
import type { PersonCalls } from './person-calls.js';
import { mailboxResources, resourceIn } from './resource-uris.js';

/** Answers the methods of resources in several mailboxes: a URI says which with `?mailbox=`, as the templates do. */
export function servePersonResources({ server }: McpServer, person: PersonCaller, calls: PersonCalls): void {
  server.setRequestHandler('resources/list', ({ params }) => {
    requireFirstPage(params);
    return { resources: mailboxResources(person.instances) };
  });
  server.setRequestHandler('resources/templates/list', ({ params }) => {
    requireFirstPage(params);
    const templates = resourceTemplatesOf(usableNames(person.instances));
    return {
      resourceTemplates: templates.map((each) => ({
        ...each,
        // RFC 6570, section 3.2.8.
        uriTemplate: `${each.uriTemplate}{?${mailboxArgument}}`,
      })),
    };
  });
  server.setRequestHandler('resources/read', async ({ params: { uri } }, { mcpReq }) => {
    const { path, mailbox } = resourceIn(uri);
    const read = resourceRead(path);
    if (read === null) throw new ResourceNotFoundError(uri);
    const asText: PersonCaller = { ...person, resultForm: () => 'text' };
    return calls.answer({ ...read, mailbox }, asText, mcpReq, (run) => resourceResult(uri, run));
  });
}
