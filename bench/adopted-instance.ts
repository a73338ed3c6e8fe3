import { operatorKey } from './deployment.js';

export interface AdoptedInstance {
  id: string;
  apiKey: string;
  mcpToken: string;
}

/** An instance of a new tenant which took over a grant that was made elsewhere. */
export async function adoptedInstance(url: string, refreshToken: string): Promise<AdoptedInstance> {
  const send = async <Body>(key: string, method: string, path: string, body: object): Promise<Body> => {
    const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' };
    const answer = await fetch(url + path, { method, headers, body: JSON.stringify(body) });
    if (!answer.ok) throw new Error(`${method} ${path} answered ${answer.status}: ${await answer.text()}`);
    return (await answer.json()) as Body;
  };
  const tenant = await send<{ id: string }>(operatorKey, 'POST', '/api/tenants', { name: 'bench' });
  const keys = `/api/tenants/${tenant.id}/api-keys`;
  const rights = ['instances:write', 'access-tokens:read'];
  const { apiKey } = await send<{ apiKey: string }>(operatorKey, 'POST', keys, { name: 'bench', rights });
  const input = { name: 'Mailbox', scopes: ['https://www.googleapis.com/auth/gmail.readonly'] };
  const instance = await send<{ id: string; mcpToken: string }>(apiKey, 'POST', '/api/instances', input);
  await send(apiKey, 'PUT', `/api/instances/${instance.id}/credentials`, { refreshToken });
  return { ...instance, apiKey };
}
