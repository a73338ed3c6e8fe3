import { randomUUID } from 'node:crypto';

/** What a wrong browser is after. */
export interface Aims {
  instanceId: string;
  authorizationId: string;
  approvalId: string;
  /** Of what a client's browser was sent to our page for. */
  interaction: string;
  /** Of the link by which a client may be let do more. */
  wideningTicket: string;
}

/** A browser that knocks, with what it would need to pass for a page of ours. */
export interface Knocking {
  personId: string;
  mailboxesToken: string;
  approvalToken: (approvalId: string) => string;
  wideningToken: (ticket: string) => string;
  contentDigest: string;
}

/** What opens a route that asks for no key. */
export type Door =
  /** Nothing of a person's or a tenant's is behind it. */
  | { opensTo: 'anyone'; why: string }
  /** The secret in its path or body, which names what it opens: there is no id that one could guess. */
  | { opensTo: 'secret'; triedIn: string }
  /** A token of MCP's, tried with every method. */
  | { opensTo: 'token'; triedIn: string }
  /** A browser of the right person. */
  | {
      opensTo: 'browser';
      path: (aims: Aims) => string;
      /** Of the form that would do harm; none for a page. */
      fields?: (browser: Knocking, aims: Aims) => Record<string, string>;
    };

const clientsIntroduce = 'what clients say of themselves; tokens are asked for with their own secrets';
const ownCode = 'files of ours, the same for all; they hold no data';
const metadata = 'what anyone may know of the server';
const sender = 'its sender signs what it says';

function decisions(browser: Knocking, { approvalId }: Aims): Record<string, string> {
  const formToken = browser.approvalToken(approvalId);
  return { decision: 'approve', contentDigest: browser.contentDigest, formToken };
}

function ownForm({ mailboxesToken: formToken }: Knocking): Record<string, string> {
  return { formToken };
}

/** Every route without a key or a console session; one that is missing here makes a test fail. */
export const doors: Readonly<Record<string, Door>> = {
  'GET /': { opensTo: 'anyone', why: ownCode },
  'GET /assets/*': { opensTo: 'anyone', why: ownCode },
  'GET /evergrant-connect.js': { opensTo: 'anyone', why: ownCode },
  'GET /.well-known/oauth-authorization-server': { opensTo: 'anyone', why: metadata },
  'GET /.well-known/oauth-authorization-server/mcp': { opensTo: 'anyone', why: metadata },
  'GET /.well-known/oauth-authorization-server/mcp/:instanceId': { opensTo: 'anyone', why: metadata },
  'GET /.well-known/openid-configuration': { opensTo: 'anyone', why: metadata },
  'GET /.well-known/openid-configuration/mcp': { opensTo: 'anyone', why: metadata },
  'GET /.well-known/openid-configuration/mcp/:instanceId': { opensTo: 'anyone', why: metadata },
  'GET /.well-known/oauth-protected-resource': { opensTo: 'anyone', why: metadata },
  'GET /.well-known/oauth-protected-resource/mcp': { opensTo: 'anyone', why: metadata },
  'GET /.well-known/oauth-protected-resource/mcp/:instanceId': { opensTo: 'anyone', why: metadata },
  'GET /api/openapi.json': { opensTo: 'anyone', why: metadata },
  'GET /jwks': { opensTo: 'anyone', why: metadata },
  'GET /health': { opensTo: 'anyone', why: 'the state of the process' },
  'GET /health/live': { opensTo: 'anyone', why: 'the state of the process' },
  'GET /health/ready': { opensTo: 'anyone', why: 'the state of the process' },
  'GET /metrics': { opensTo: 'anyone', why: 'counts without a tenant, instance or account' },
  'POST /register': { opensTo: 'anyone', why: clientsIntroduce },
  'GET /authorize': { opensTo: 'anyone', why: 'begins a decision, which the browser that began it takes' },
  'POST /authorize': { opensTo: 'anyone', why: 'leads to the same by GET' },
  'GET /oauth/done': { opensTo: 'anyone', why: 'says that the window can be closed' },
  'POST /api/session': { opensTo: 'anyone', why: 'takes a key' },
  'DELETE /api/session': { opensTo: 'anyone', why: 'takes the cookie away from its browser' },
  'POST /mailboxes/sign-in': { opensTo: 'anyone', why: 'leads to Google' },
  'POST /mailboxes/sign-out': { opensTo: 'anyone', why: 'takes the cookie away from its browser' },
  'POST /gmail/pubsub': { opensTo: 'anyone', why: sender },
  'POST /security-events/google': { opensTo: 'anyone', why: sender },

  'GET /api/attachments/:link': { opensTo: 'secret', triedIn: 'test/tenancy/people-matrix.e2e-spec.ts' },
  'PUT /api/uploads/:link': { opensTo: 'secret', triedIn: 'test/tenancy/people-matrix.e2e-spec.ts' },
  'GET /connect/:ticket': { opensTo: 'secret', triedIn: 'test/consent/consent.e2e-spec.ts' },
  'POST /connect/:ticket': { opensTo: 'secret', triedIn: 'test/consent/consent.e2e-spec.ts' },
  'GET /oauth/callback': { opensTo: 'secret', triedIn: 'test/consent/consent.e2e-spec.ts' },
  'POST /oauth/retry/:flow': { opensTo: 'secret', triedIn: 'test/consent/consent.e2e-spec.ts' },
  'POST /token': { opensTo: 'secret', triedIn: 'test/sign-in/attacks.e2e-spec.ts' },
  'POST /revoke': { opensTo: 'secret', triedIn: 'test/sign-in/attacks.e2e-spec.ts' },

  'POST /mcp': { opensTo: 'token', triedIn: 'test/tenancy/people-matrix.e2e-spec.ts' },
  'POST /mcp/:instanceId': { opensTo: 'token', triedIn: 'test/tenancy/mcp-matrix.e2e-spec.ts' },

  'GET /mailboxes': { opensTo: 'browser', path: () => '/mailboxes' },
  'POST /mailboxes/add': { opensTo: 'browser', path: () => '/mailboxes/add', fields: ownForm },
  'POST /mailboxes/:id/connect': {
    opensTo: 'browser',
    path: ({ instanceId }) => `/mailboxes/${instanceId}/connect`,
    fields: ownForm,
  },
  'POST /mailboxes/:id/remove': {
    opensTo: 'browser',
    path: ({ instanceId }) => `/mailboxes/${instanceId}/remove`,
    fields: ownForm,
  },
  'POST /mailboxes/clients/:authorizationId/end': {
    opensTo: 'browser',
    path: ({ authorizationId }) => `/mailboxes/clients/${authorizationId}/end`,
    fields: ownForm,
  },
  'GET /approvals/:id': { opensTo: 'browser', path: ({ approvalId }) => `/approvals/${approvalId}` },
  'POST /approvals/:id': {
    opensTo: 'browser',
    path: ({ approvalId }) => `/approvals/${approvalId}`,
    fields: decisions,
  },
  'POST /approvals/:id/sign-in': {
    opensTo: 'browser',
    path: ({ approvalId }) => `/approvals/${approvalId}/sign-in`,
    fields: () => ({}),
  },
  'POST /approvals/:id/sign-out': {
    opensTo: 'browser',
    path: ({ approvalId }) => `/approvals/${approvalId}/sign-out`,
    fields: () => ({}),
  },
  'GET /sign-in/:uid': { opensTo: 'browser', path: ({ interaction }) => `/sign-in/${interaction}` },
  'POST /sign-in/:uid': {
    opensTo: 'browser',
    path: ({ interaction }) => `/sign-in/${interaction}`,
    fields: ({ personId: person }, { instanceId: mailbox }) => ({ decision: 'allow', person, mailbox }),
  },
  'GET /sign-in/:uid/continue': {
    opensTo: 'browser',
    path: ({ interaction }) => `/sign-in/${interaction}/continue?outcome=connected`,
  },
  'GET /sign-in/more/:ticket': {
    opensTo: 'browser',
    path: ({ wideningTicket }) => `/sign-in/more/${wideningTicket}`,
  },
  'POST /sign-in/more/:ticket': {
    opensTo: 'browser',
    path: ({ wideningTicket }) => `/sign-in/more/${wideningTicket}`,
    fields: ({ wideningToken }, { wideningTicket }) => ({
      ...{ decision: 'allow', scope: 'gmail:send', formToken: wideningToken(wideningTicket) },
    }),
  },
  'GET /sign-in/more/:ticket/continue': {
    opensTo: 'browser',
    path: ({ wideningTicket }) => `/sign-in/more/${wideningTicket}/continue?outcome=connected`,
  },
  'GET /authorize/:uid': { opensTo: 'browser', path: ({ interaction }) => `/authorize/${interaction}` },
};

/** Ids of nothing, of the same shapes. */
export function aimsAtNothing({ interaction }: Aims): Aims {
  const [instanceId, authorizationId, approvalId] = [randomUUID(), randomUUID(), randomUUID()];
  return {
    instanceId,
    authorizationId,
    approvalId,
    interaction: `${'x'.repeat(20)}${interaction.slice(20)}`,
    wideningTicket: 'x'.repeat(43),
  };
}
