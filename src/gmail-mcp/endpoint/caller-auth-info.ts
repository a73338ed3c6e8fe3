import type { AuthInfo } from '@modelcontextprotocol/server';
import type { McpCaller } from '../guards/mcp-request.js';

interface CallerAuthInfo extends AuthInfo {
  extra: { caller: McpCaller };
}

/** The caller in the form in which the SDK hands one on. The token stays out: behind the guards it is of no use. */
export function authInfoOf(caller: McpCaller): AuthInfo {
  return { token: '', clientId: caller.instance.id, scopes: [], extra: { caller } } satisfies CallerAuthInfo;
}

export function callerIn(authInfo: AuthInfo | undefined): McpCaller {
  if (authInfo === undefined) throw new Error('The guards of the endpoint have not run');
  return (authInfo as CallerAuthInfo).extra.caller;
}
