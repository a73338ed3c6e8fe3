import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { gmailScopes } from '../../../gmail/index.js';
import { McpEndpoint } from '../../endpoint/mcp-endpoint.fixture.js';

let endpoint: McpEndpoint;

beforeEach(async () => {
  endpoint = await McpEndpoint.start();
  endpoint.broker.grant = { ...endpoint.broker.grant, scopes: [gmailScopes.modify] };
  endpoint.gmail.messages.set('m1', { subject: 'One', text: 'First' });
});
afterEach(() => endpoint.stop());

async function refusal(input: object): Promise<unknown> {
  const result = await endpoint.callTool('modify_message_labels', { messageId: 'm1', ...input });
  expect(result.isError).toBe(true);
  return JSON.parse(result.content[1]?.text ?? '');
}

describe('modify_message_labels', () => {
  it('adds and removes labels, and tells those that are left', async () => {
    const input = { messageId: 'm1', addLabelIds: ['Label_1'], removeLabelIds: ['INBOX'] };

    expect((await endpoint.callTool('modify_message_labels', input)).structuredContent).toEqual({
      id: 'm1',
      threadId: 't-m1',
      labelIds: ['Label_1'],
    });
  });

  it('knows that Gmail says nothing of labels when none are left', async () => {
    const input = { messageId: 'm1', removeLabelIds: ['INBOX'] };

    expect((await endpoint.callTool('modify_message_labels', input)).structuredContent).toMatchObject({
      labelIds: [],
    });
  });

  it.each([
    ['nothing to do', {}, 'addLabelIds'],
    [
      'a label both added and removed',
      { addLabelIds: ['INBOX'], removeLabelIds: ['INBOX'] },
      'removeLabelIds',
    ],
    ['a label that is Gmail’s to set', { removeLabelIds: ['SENT'] }, 'removeLabelIds.0'],
    [
      'more than 100 labels',
      { addLabelIds: Array.from({ length: 101 }, (_, id) => `L${id}`) },
      'addLabelIds',
    ],
  ])('refuses %s before Gmail is asked', async (_case, input, field) => {
    expect(await refusal(input)).toMatchObject({ errorCode: 'VALIDATION_FAILED', field });
    expect(endpoint.gmail.requests).toEqual([]);
  });

  it('names the label that does not exist', async () => {
    expect(await refusal({ addLabelIds: ['INBOX'], removeLabelIds: ['Label_9'] })).toMatchObject({
      errorCode: 'VALIDATION_FAILED',
      field: 'removeLabelIds',
      error: expect.stringContaining('"Label_9"'),
    });
  });

  it('takes a label by its name', async () => {
    const input = { messageId: 'm1', addLabelIds: ['travel plans'], removeLabelIds: ['inbox'] };

    expect((await endpoint.callTool('modify_message_labels', input)).structuredContent).toMatchObject({
      labelIds: ['Label_1'],
    });
  });

  it('names the label that no label is called, before anything is changed', async () => {
    expect(await refusal({ addLabelIds: ['Nowhere'] })).toMatchObject({
      errorCode: 'VALIDATION_FAILED',
      field: 'addLabelIds',
      error: expect.stringContaining('no label "Nowhere"'),
    });
    expect(endpoint.gmail.requests.map(({ url }) => url.pathname)).toEqual(['/gmail/v1/users/me/labels']);
  });

  it('refuses a label of Gmail’s by its name, too', async () => {
    endpoint.gmail.labels.push({ id: 'SENT', name: 'SENT', type: 'system' });
    expect(await refusal({ removeLabelIds: ['sent'] })).toMatchObject({
      ...{ errorCode: 'VALIDATION_FAILED', field: 'removeLabelIds' },
      error: expect.stringContaining('does not allow this label'),
    });
  });

  it('says that there is no such message', async () => {
    expect(await refusal({ messageId: 'unknown', addLabelIds: ['INBOX'] })).toMatchObject({
      errorCode: 'NOT_FOUND',
    });
  });

  it('is refused to a connection that may only read, and says what is missing', async () => {
    endpoint.broker.grant = { ...endpoint.broker.grant, scopes: [gmailScopes.readonly] };

    expect(await refusal({ addLabelIds: ['INBOX'] })).toMatchObject({
      errorCode: 'INSUFFICIENT_SCOPE',
      requiresReauth: true,
      error: expect.stringContaining(gmailScopes.modify),
      connectUrl: endpoint.issuedLinks[0],
    });
  });
});
