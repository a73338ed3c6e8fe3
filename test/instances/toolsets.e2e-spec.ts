import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { TestApp, type CreatedInstance } from '../harness/test-app.js';
import { readingToolNames, toolNames } from '../harness/tool-names.js';
import { callTool, listTools } from '../scopes/mcp-agent.js';

const account = 'toolsets@sandbox.test';
let app: TestApp;
beforeAll(async () => {
  app = await TestApp.start();
  await app.google.addAccount({ email: account });
});
afterAll(() => app.stop());

async function connected(body: object = {}): Promise<CreatedInstance> {
  const instance = await app.createInstance({ scopes: ['gmail.modify'], ...body });
  await app.connect(instance.id, { account });
  return instance;
}
function patch({ id }: CreatedInstance, body: object) {
  return app.api('PATCH', `/api/instances/${id}`, body);
}

it('are the core, and writing is allowed, unless an instance says else', async () => {
  const { id } = await app.createInstance();
  const { body } = await app.api('GET', `/api/instances/${id}`);
  expect(body).toMatchObject({ toolsets: ['core'], readOnly: false });
});

it('are set, changed and kept where they are not named', async () => {
  const instance = await app.createInstance({ toolsets: ['core', 'drafts', 'core'], readOnly: true });
  const read = async () => (await app.api('GET', `/api/instances/${instance.id}`)).body;
  expect(await read()).toMatchObject({ toolsets: ['core', 'drafts'], readOnly: true });
  await patch(instance, { toolsets: ['organize'] });
  expect(await read()).toMatchObject({ toolsets: ['organize'], readOnly: true });
  await patch(instance, { readOnly: false });
  await patch(instance, { name: 'Another name' });
  expect(await read()).toMatchObject({ toolsets: ['organize'], readOnly: false });
});

it.each([
  ['toolsets', []],
  ['toolsets.0', ['all']],
  ['toolsets', 'core'],
  ['readOnly', 'true'],
])('are refused as %s: %j', async (field, value) => {
  const body = { name: 'Mailbox', [field.split('.')[0]!]: value };
  expect(await app.api('POST', '/api/instances', body)).toMatchObject({
    status: 400,
    body: { errorCode: 'VALIDATION_FAILED', field },
  });
});

describe('a connected mailbox', () => {
  it('has no tool that writes from the moment it is read-only, and has them again', async () => {
    const instance = await connected();
    expect(await listTools(instance)).toEqual(toolNames);
    await patch(instance, { readOnly: true });
    expect(await listTools(instance)).toEqual(readingToolNames);

    const before = (await app.google.ledger()).counters.gmail;
    const refused = await callTool(instance, 'create_draft', { body: 'Hello' });
    expect(refused.error).toMatchObject({
      ...{ errorCode: 'FORBIDDEN', reason: 'read_only', requiresReauth: false },
      error: expect.stringContaining('only the operator'),
    });
    expect(refused.error).not.toHaveProperty('connectUrl');
    expect((await app.google.ledger()).counters.gmail).toBe(before);

    await patch(instance, { readOnly: false });
    expect((await callTool(instance, 'create_draft', { body: 'Hello' })).isError).toBe(false);
  });

  it('refuses a tool of a toolset that is off, and says who can switch it on', async () => {
    const instance = await connected({ toolsets: ['drafts'] });
    const refused = await callTool(instance, 'get_profile', {});
    expect(refused.error).toMatchObject({
      ...{ errorCode: 'FORBIDDEN', reason: 'toolset_off', requiresReauth: false },
      error: expect.stringMatching(/"core" is off.+operator/),
    });
    const { structured } = await callTool(instance, 'get_connection_status', {});
    expect(structured.unavailableTools).toContainEqual(
      expect.objectContaining({ name: 'get_profile', reason: 'toolset_off' }),
    );
    await patch(instance, { toolsets: ['core'] });
    expect((await callTool(instance, 'get_profile', {})).isError).toBe(false);
  });
});
