import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { Backend } from '../backend.js';
import { faultRuleSchema } from '../faults/fault.js';
import { mailSchema } from '../mail/mail.js';
import { securityEventSchema } from '../risc/security-events.js';
import { clientSchema, settingsSchema } from '../state/sandbox-state.js';
import { projectOf } from '../state/clients.js';
import { readGrants } from './grant-report.js';

const accountSchema = z.strictObject({
  email: z.email(),
  name: z.string().min(1).optional(),
  emailVerified: z.boolean().optional(),
  hostedDomain: z.string().nullable().optional(),
});
const byAccount = z.strictObject({ account: z.string() });
const manyGrants = z.strictObject({
  accounts: z.array(z.email()).max(100_000),
  clientId: z.string(),
  scopes: z.array(z.string()),
});
const revocation = z.strictObject({ account: z.string(), clientId: z.string().optional() });
const advance = z.strictObject({ seconds: z.number().positive() });
const release = z.strictObject({ count: z.number().int().positive().optional() });
const waiting = z.object({ atLeast: z.coerce.number().int().nonnegative().default(0) });

const manyGrantsBodyLimitBytes = 8 * 1024 * 1024;
const verified = z.enum(['accepted', 'pending']).default('accepted');
const senderSchema = z.strictObject({
  sendAsEmail: z.email().toLowerCase(),
  displayName: z.string().default(''),
  replyToAddress: z.string().default(''),
  signature: z.string().default(''),
  isDefault: z.boolean().default(false),
  treatAsAlias: z.boolean().default(false),
  verificationStatus: verified,
});
const forwardingSchema = z.strictObject({
  forwardingEmail: z.email().toLowerCase(),
  verificationStatus: verified,
});

const subscriptionSchema = z.strictObject({
  topicName: z.string(),
  endpoint: z.url(),
  audience: z.string().optional(),
  serviceAccountEmail: z.email().default('push@sandbox.iam.gserviceaccount.com'),
});

const pushTokenSchema = subscriptionSchema
  .pick({ serviceAccountEmail: true })
  .extend({ audience: z.string(), ageSeconds: z.int().min(0).default(0) });

/** As much as Gmail takes. */
const mailBodyLimitBytes = 50 * 1024 * 1024;

/** The control port: JSON over HTTP, for tests and for the first run. */
export function controlRoutes(app: FastifyInstance, backend: Backend): void {
  app.setErrorHandler((error, _request, reply) =>
    error instanceof z.ZodError ? reply.code(400).send({ error: z.prettifyError(error) }) : reply.send(error),
  );
  faultRoutes(app, backend);
  stateRoutes(app, backend);
  ownerRoutes(app, backend);
  reportRoutes(app, backend);
}

function faultRoutes(app: FastifyInstance, { faults }: Backend): void {
  app.post('/faults', async (request, reply) =>
    reply.code(201).send({ id: faults.rules.add(faultRuleSchema.parse(request.body)).id }),
  );
  app.get('/faults', async () => faults.rules.list());
  app.delete<{ Params: { id?: string } }>('/faults/:id?', async (request, reply) => {
    faults.rules.clear(request.params.id === '' ? undefined : request.params.id);
    return reply.code(204).send();
  });
  app.get('/holds', async (request) => faults.barrier.waiting(waiting.parse(request.query).atLeast));
  app.post('/holds/release', async (request) => ({
    released: faults.barrier.release(release.parse(request.body).count),
  }));
}

function stateRoutes(app: FastifyInstance, backend: Backend): void {
  const { state, accounts, clients, clock, grants, mailboxes } = backend;

  app.get('/settings', async () => state.data.settings);
  app.patch('/settings', async (request) => {
    Object.assign(state.data.settings, settingsSchema.partial().strict().parse(request.body));
    state.save();
    return state.data.settings;
  });
  app.get('/clock', async () => ({ now: clock.nowIso() }));
  app.post('/clock/advance', async (request) => {
    clock.advance(advance.parse(request.body).seconds);
    return { now: clock.nowIso() };
  });
  app.post('/accounts', async (request, reply) => {
    const { email, name, ...claims } = accountSchema.parse(request.body);
    const { sub } = accounts.add(email, name ?? email, claims);
    return reply.code(201).send({ email: email.toLowerCase(), sub });
  });
  app.post('/clients', async (request, reply) => {
    clients.register(clientSchema.parse(request.body));
    return reply.code(204).send();
  });
  app.post('/grants', { bodyLimit: manyGrantsBodyLimitBytes }, async (request, reply) => {
    const { accounts: emails, clientId, scopes } = manyGrants.parse(request.body);
    const refreshTokens = emails.map((email) => {
      const { email: account } = accounts.find(email) ?? accounts.add(email, email);
      return grants.issueRefreshToken(grants.open({ account, clientId, scopes }));
    });
    return reply.code(201).send({ refreshTokens });
  });
  app.post('/grants/revoke', async (request) => {
    const { account, clientId } = revocation.parse(request.body);
    const project = clientId === undefined ? undefined : projectOf(clientId);
    return { revoked: grants.endAll(account, 'revoked-by-person', project) };
  });
  app.post('/access-tokens/expire', async (request, reply) => {
    accounts.expireAccessTokens(byAccount.parse(request.body).account);
    return reply.code(204).send();
  });
  app.post<{ Params: { email: string } }>(
    '/mailboxes/:email/messages',
    { bodyLimit: mailBodyLimitBytes },
    async (request, reply) => {
      const account = accounts.find(request.params.email);
      if (account === undefined) return reply.code(404).send({ error: 'No such account.' });
      const { id, threadId } = mailboxes.deliver(account.email, mailSchema.parse(request.body));
      return reply.code(201).send({ id, threadId });
    },
  );
}

/** What the owner of a mailbox sets in Gmail's own pages; an address that is there already is replaced. */
function ownerRoutes(app: FastifyInstance, { accounts, mailboxes }: Backend): void {
  const settingsOf = (email: string) => {
    const account = accounts.find(email);
    return account === undefined ? undefined : mailboxes.of(account.email).settings;
  };
  app.post<{ Params: { email: string } }>('/mailboxes/:email/send-as', async (request, reply) => {
    const settings = settingsOf(request.params.email);
    if (settings === undefined) return reply.code(404).send({ error: 'No such account.' });
    const sender = senderSchema.parse(request.body);
    const others = settings.sendAs.filter(({ sendAsEmail }) => sendAsEmail !== sender.sendAsEmail);
    settings.sendAs = [
      ...others.map((each) => (sender.isDefault ? { ...each, isDefault: false } : each)),
      sender,
    ];
    return reply.code(201).send(sender);
  });
  app.post<{ Params: { email: string } }>(
    '/mailboxes/:email/forwarding-addresses',
    async (request, reply) => {
      const settings = settingsOf(request.params.email);
      if (settings === undefined) return reply.code(404).send({ error: 'No such account.' });
      const address = forwardingSchema.parse(request.body);
      const others = settings.forwardingAddresses.filter(
        ({ forwardingEmail }) => forwardingEmail !== address.forwardingEmail,
      );
      settings.forwardingAddresses = [...others, address];
      return reply.code(201).send(address);
    },
  );
}

function reportRoutes(
  app: FastifyInstance,
  { grants, idTokens, ledger, unitQuota, sentMails, watches, securityEvents }: Backend,
): void {
  app.get('/ledger', async () => ({
    ...ledger.read(),
    grants: readGrants(grants),
    quota: unitQuota.read(),
  }));
  app.post('/pubsub/subscriptions', async (request, reply) => {
    watches.subscribe(subscriptionSchema.parse(request.body));
    return reply.code(204).send();
  });
  app.post('/pubsub/tokens', async (request) => {
    const { serviceAccountEmail, audience, ageSeconds } = pushTokenSchema.parse(request.body);
    return { token: await idTokens.issueToServiceAccount(serviceAccountEmail, audience, { ageSeconds }) };
  });
  app.post('/security-events', async (request) =>
    securityEvents.push(securityEventSchema.parse(request.body)),
  );
  app.get('/pubsub/notifications', async () => watches.notifications());
  app.get('/outbox', async () => sentMails.list());
  app.get<{ Params: { sequence: string } }>('/outbox/:sequence/raw', async (request, reply) => {
    const raw = sentMails.raw(Number(request.params.sequence));
    if (raw === undefined) return reply.code(404).send({ error: 'No such mail.' });
    return reply.type('message/rfc822').send(raw);
  });
  app.delete('/ledger', async (_request, reply) => {
    ledger.clear();
    sentMails.clear();
    watches.clear();
    unitQuota.clear();
    return reply.code(204).send();
  });
}
