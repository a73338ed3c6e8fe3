import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { temporaryFolder } from '../harness/node-process.js';
import { Deployment, type Member } from '../processes/deployment.js';
import { authorityFile } from './private-authority.js';
import { TunnelProxy } from './tunnel-proxy.js';

// Real processes start.
jest.setTimeout(120_000);

describe('a deployment that reaches Google through a proxy with a private authority', () => {
  const folder = temporaryFolder();
  let deployment: Deployment;
  let proxy: TunnelProxy;
  let api: Member;
  beforeAll(async () => {
    deployment = await Deployment.start();
    const google = deployment.googleVariables;
    proxy = await TunnelProxy.before(google.GOOGLE_TOKEN_URL!);
    const at = (name: string, host: string) => {
      const { pathname } = new URL(google[name]!);
      return [name, new URL(pathname, `https://${host}`).href.replace(/\/$/, '')] as const;
    };
    const variables = {
      ...Object.fromEntries([
        at('GOOGLE_TOKEN_URL', 'google.test'),
        at('GOOGLE_REVOKE_URL', 'google.test'),
        at('GOOGLE_USERINFO_URL', 'google.test'),
        at('GMAIL_API_URL', 'gmail.test'),
      ]),
      https_proxy: proxy.url,
      NO_PROXY: 'elsewhere.test',
      NODE_EXTRA_CA_CERTS: authorityFile(folder.path),
    };
    [api] = await Promise.all([deployment.publicApi(variables), deployment.oauthService(variables)]);
  });
  afterAll(async () => {
    await deployment.stop();
    proxy.close();
    folder.remove();
  });

  it('connects a mailbox, refreshes it and reads its mail, and asks its OAuth service directly', async () => {
    const id = await deployment.mailbox(api, 'tunnelled@sandbox.test');
    expect(await deployment.refresh(api, id)).toMatchObject({
      status: 200,
      stale: false,
      source: 'oauth-service',
    });
    const path = `/api/instances/${id}/mcp-tokens`;
    const { mcpToken } = await deployment.request<{ mcpToken: string }>(api, 'POST', path, { name: 'Agent' });
    const params = { name: 'search_messages', arguments: {} };
    const answer = await fetch(`${api.url}/mcp/${id}`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${mcpToken}`,
        'content-type': 'application/json',
        accept: 'application/json, text/event-stream',
      },
      body: JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/call', params }),
    });
    expect(await answer.text()).toContain('resultSizeEstimate');
    expect([...new Set(proxy.opened)].sort()).toEqual(['gmail.test:443', 'google.test:443']);
  });

  it('writes the password of the proxy into no log', () => {
    expect(api.process.stdout + api.process.stderr).not.toMatch(/p(@|%40)ss/);
  });
});
