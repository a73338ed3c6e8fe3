import type { AuthInfo } from '@modelcontextprotocol/server';
import type { EndpointCaller } from '../guards/mcp-request.js';
import { holderKey } from '../token-holder.js';

interface CallerAuthInfo extends AuthInfo {
  extra: { caller: EndpointCaller };
}

/** The caller in the form in which the SDK hands one on. The token stays out: behind the guards it is of no use. */
export function authInfoOf(caller: EndpointCaller): AuthInfo {
  return {
    token: '',
    clientId: holderKey(caller.holder),
    scopes: [],
    extra: { caller },
  } satisfies CallerAuthInfo;
}

export function callerIn(authInfo: AuthInfo | undefined): EndpointCaller {
  if (authInfo === undefined) throw new Error('The guards of the endpoint have not run');
  return (authInfo as CallerAuthInfo).extra.caller;
}
