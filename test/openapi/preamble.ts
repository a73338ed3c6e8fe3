/** What the OpenAPI document says before it comes to the routes. */
export const title = 'Evergrant';

export const description = `Connects Gmail mailboxes and keeps the connections alive.

Every error carries \`error\`, \`instanceId\`, \`errorCode\` and \`requiresReauth\` first, in this order. Only
\`requiresReauth: true\` asks for a person; what passes by itself is a 503 with \`Retry-After\`. Fields and codes may be
added, so ignore those that you do not know.

The Gmail tools are not part of this document, since MCP describes itself: \`POST /mcp/{instanceId}\` with
\`Authorization: Bearer <mcpToken>\` speaks Streamable HTTP without sessions, in revision 2026-07-28 and the older ones.
HTTP 401 means the MCP token there and nothing else.`;

export const apiKeyDescription = "An API key of a tenant, or the operator's.";
export const sessionDescription = 'A session of the web console.';
export const connectSessionDescription =
  'A connect session of the instance in the path (`POST /api/connect-sessions`).';
export const tenantDescription =
  "Name or id of the tenant that the operator's key acts in; without it, `default`.";

/** What the routes are about, by the first word of their path. */
export const documentedTags = [
  { name: 'instances', description: 'MCP endpoints, their connections to mailboxes, and their tokens' },
  { name: 'connect-sessions', description: 'Credentials of minutes for pages of other origins' },
  { name: 'events', description: 'What changes, as it changes' },
  { name: 'figures', description: 'How well refreshing goes, over a day or a month, and at present' },
  { name: 'setup', description: 'How the deployment is set up with Google, for the operator' },
  { name: 'people', description: 'Who signed in with Google, and what clients may do for them' },
  { name: 'tenants', description: 'Tenants and their API keys, for the operator' },
  { name: 'audit', description: 'What was done in a tenant, and by whom' },
  { name: 'policy', description: 'What may leave the mailboxes of a tenant' },
  { name: 'approvals', description: 'What a person decides on before it leaves a mailbox' },
  { name: 'webhooks', description: 'What happens, told to other programs (Standard Webhooks)' },
  { name: 'attachments', description: 'Files under the links that the MCP tools give' },
  { name: 'gmail', description: 'What Google tells of mailboxes' },
  { name: 'uploads', description: 'Files to send along, put under the links that the MCP tools give' },
  { name: 'session', description: 'The session of a browser, in place of an API key' },
  { name: 'connect', description: "The pages that the mailbox's owner opens first" },
  { name: 'mailboxes', description: 'The page on which people see and end what they connected' },
  { name: 'oauth', description: 'Where Google sends the browser, and how a consent ends' },
  {
    name: 'security-events',
    description: 'What Google tells by itself of accounts (Cross-Account Protection)',
  },
  { name: 'health', description: 'Probes' },
  { name: 'metrics', description: 'Metrics for Prometheus' },
  { name: 'openapi', description: 'This document' },
];
