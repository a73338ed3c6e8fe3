import { Injectable } from '@nestjs/common';
import { sourceOf } from '../../audit/index.js';
import { EvergrantError } from '../../errors/index.js';
import { CallerRateLimit, type PersonPrincipal } from '../../identity/index.js';
import {
  googleScopesOf,
  type Instance,
  KnownInstances,
  knownPersonScopes,
  narrowedScopes,
} from '../../instances/index.js';
import type { RequestingClient } from '../../policy/index.js';
import type { TokenHolder } from '../token-holder.js';
import type { OpenedInstance } from '../tool-permission.js';
import type { AdmittedCaller } from './admitted-caller.js';
import type { EndpointCaller, McpRequest, PersonCaller } from './mcp-request.js';
import { mayCallTool, reachedLimit } from './reached-limit.js';
import { askedForm, formForClient } from './result-form.js';

type Admitted = NonNullable<AdmittedCaller>;

/** Makes callers of those who were let in: with their instances, as far as their tokens open them, and their limit. */
@Injectable()
export class CallersOfTokens {
  constructor(
    private readonly instances: KnownInstances,
    private readonly rateLimit: CallerRateLimit,
  ) {}

  /** @throws as `McpTokenGuard` does */
  async callerOf(admitted: Admitted, request: McpRequest): Promise<EndpointCaller> {
    const holder = holderOf(admitted);
    const overLimit = await reachedLimit(this.rateLimit, holder);
    if (overLimit !== null && !mayCallTool(request)) throw overLimit;
    const opened = await this.openedBy(admitted);
    const asked = askedForm(request.query);
    return {
      ...opened,
      holder,
      overLimit,
      tokenExpiresAt: admitted.principal.expiresAt,
      source: () => sourceOf(request),
      resultForm: () => asked ?? formForClient(request.headers['user-agent'], request.body),
    };
  }

  private async openedBy(
    admitted: Admitted,
  ): Promise<Pick<EndpointCaller, 'client' | 'principal'> & ({ instance: OpenedInstance } | AllOfPerson)> {
    switch (admitted.as) {
      case 'mcp-token': {
        const { tenantId, instanceId, scopes } = admitted.principal;
        const instance = await this.found(tenantId, instanceId);
        // Whatever the instance asks for, its token opens no more than it was made for.
        return { instance: { ...instance, scopes: narrowedScopes(instance.scopes, scopes) } };
      }
      case 'person': {
        const { principal } = admitted;
        const instance = await this.found(principal.tenantId, admitted.instanceId);
        return { client: clientOf(principal), principal, instance: openedTo(principal, instance) };
      }
      case 'person_of_all':
        return this.allOf(admitted.principal);
    }
  }

  private async found(tenantId: string, instanceId: string): Promise<Instance> {
    const instance = await this.instances.findById(tenantId, instanceId);
    if (instance === null) throw wrongToken();
    return instance;
  }

  private async allOf(
    principal: PersonPrincipal,
  ): Promise<AllOfPerson & Pick<PersonCaller, 'client' | 'principal'>> {
    const { tenantId, instanceIds } = principal;
    const found = await Promise.all(instanceIds.map((id) => this.instances.findById(tenantId, id)));
    const instances = found
      .filter((instance) => instance !== null)
      // The mailboxes are told apart by an argument here.
      .map((instance) => ({ ...openedTo(principal, instance), toolPrefix: null }));
    return { client: clientOf(principal), principal, tenantId, instances };
  }
}

interface AllOfPerson {
  tenantId: string;
  instances: readonly OpenedInstance[];
}

/** Says the same of every token that does not open what is called. */
export function wrongToken(): EvergrantError {
  return new EvergrantError('UNAUTHENTICATED', { message: 'The MCP token is missing or wrong' });
}

function holderOf(admitted: Admitted): TokenHolder {
  if (admitted.as === 'mcp-token') return { kind: 'mcp-token', tokenId: admitted.principal.tokenId };
  const { personId, authorizationId } = admitted.principal;
  return { kind: 'person', personId, authorizationId };
}

function clientOf({ clientId, clientName, clientHost }: PersonPrincipal): RequestingClient {
  return { id: clientId, name: clientName, host: clientHost };
}

/** Of what the instance may do, what its person has allowed the client. */
export function openedTo({ scopes }: PersonPrincipal, instance: Instance): OpenedInstance {
  const clientScopes = knownPersonScopes(scopes);
  return {
    ...instance,
    scopes: narrowedScopes(instance.scopes, googleScopesOf(clientScopes)),
    clientScopes,
  };
}
