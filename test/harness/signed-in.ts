import { randomBytes, randomUUID } from 'node:crypto';
import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { People, PersonAuthorizations, PersonMailboxes, PersonTokens } from '../../src/identity/index.js';
import { personScopes } from '../../src/instances/index.js';
import type { TestApp } from './test-app.js';

/** A person whose client has a token, as the authorization server would have issued it. */
export interface SignedIn {
  tenantId: string;
  personId: string;
  clientId: string;
  authorizationId: string;
  token: string;
  /** The endpoint that the token is for. */
  url: string;
}

interface SignInWish {
  /** By which the person is known; SIGN_IN_DOMAINS has to name its domain. */
  email?: string;
  /** The instances that become mailboxes of the person. */
  mailboxes: readonly { id: string }[];
  scopes?: readonly string[];
  /** The mailboxes that the client may have; all if absent. */
  opened?: readonly { id: string }[];
  clientId?: string;
  clientName?: string | null;
  /** The path of the endpoint that the token is for. */
  path?: string;
  lifeSeconds?: number;
}

/** Signs a person in, without a browser. */
export async function signedIn(
  app: TestApp,
  {
    email = `person-${randomUUID()}@sandbox.test`,
    mailboxes,
    scopes = personScopes,
    opened,
    clientId = `client-${randomUUID()}`,
    clientName = 'Test client',
    path = '/mcp',
    lifeSeconds = 3600,
  }: SignInWish,
): Promise<SignedIn> {
  const account = {
    provider: 'google',
    subject: email,
    email,
    isEmailVerified: true,
    hostedDomain: 'sandbox.test',
  };
  const admission = await app.part(People).admit(account);
  if (admission.status !== 'admitted') throw new Error(`Not admitted: ${admission.reason}`);
  const { id: personId, tenantId } = admission.person;
  for (const { id } of mailboxes)
    await app.part(PersonMailboxes).add(app.dataSource, { tenantId, personId }, id);
  const authorizationId = randomBytes(24).toString('base64url');
  await app.part(PersonAuthorizations).save({
    ...{ id: authorizationId, tenantId, personId, clientId, clientName },
    ...{ scopes: [...scopes], instanceIds: opened?.map(({ id }) => id) ?? null },
  });
  const url = app.environment.publicUrl + path;
  const person = { tenantId, personId, clientId, authorizationId, url };
  return { ...person, token: await newToken(app, person, { scopes, lifeSeconds }) };
}

/** One more token under the same authorization. */
export async function newToken(
  app: TestApp,
  { authorizationId, url }: Pick<SignedIn, 'authorizationId' | 'url'>,
  { scopes = personScopes, lifeSeconds = 3600 }: Pick<SignInWish, 'scopes' | 'lifeSeconds'> = {},
): Promise<string> {
  const token = randomBytes(32).toString('base64url');
  await app.part(PersonTokens).store(token, { authorizationId, scopes, resource: url, lifeSeconds });
  return token;
}

export interface ToolResult {
  isError?: boolean;
  content: { type: string; text: string }[];
  structuredContent?: Record<string, unknown>;
}

/** A client of the SDK's. @param form of results, as the URL asks for it */
export async function personClient(
  { token, url }: Pick<SignedIn, 'token' | 'url'>,
  mode: 'auto' | 'legacy' = 'auto',
  form: 'text' | 'structure' = 'structure',
): Promise<Client> {
  const client = new Client({ name: 'evergrant-tests', version: '1.0.0' }, { versionNegotiation: { mode } });
  const requestInit = { headers: { authorization: `Bearer ${token}` } };
  await client.connect(new StreamableHTTPClientTransport(new URL(`${url}?answers=${form}`), { requestInit }));
  return client;
}

/** Calls one tool, over a connection of its own. */
export async function callAs(
  person: Pick<SignedIn, 'token' | 'url'>,
  name: string,
  input: Record<string, unknown> = {},
  form: 'text' | 'structure' = 'structure',
): Promise<ToolResult> {
  const client = await personClient(person, 'auto', form);
  try {
    return (await client.callTool({ name, arguments: input })) as unknown as ToolResult;
  } finally {
    await client.close();
  }
}

/** The error fields of a refused call. */
export function refusalOf({ isError, content }: ToolResult): Record<string, unknown> {
  if (isError !== true) throw new Error('The call was not refused');
  return JSON.parse(content.at(-1)?.text ?? '') as Record<string, unknown>;
}
