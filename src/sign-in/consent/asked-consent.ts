import { Injectable } from '@nestjs/common';
import type Provider from 'oidc-provider';
import type { PersonScope } from '../../instances/index.js';
import { Issuer } from '../issuer/issuer.js';
import { askedScopes, identityScopes } from '../scopes/asked-scopes.js';

type Client = InstanceType<Provider['Client']>;
export type Interaction = InstanceType<Provider['Interaction']>;

/** What a client asks a person for, while the person decides. */
export interface AskedConsent {
  interaction: Interaction;
  client: Client;
  scopes: PersonScope[];
  /** Of OpenID Connect. */
  identityScopes: string[];
  /** The MCP endpoint that the client is to call. */
  resource: string;
  redirectUri: string;
}

/** What is known of the interactions of browsers. */
@Injectable()
export class AskedConsents {
  constructor(private readonly issuer: Issuer) {}

  /** Null for one that is unknown or over, or whose client is gone. */
  async find(uid: string): Promise<AskedConsent | null> {
    const provider = await this.issuer.provider();
    const interaction = await provider.Interaction.find(uid);
    if (interaction === undefined) return null;
    const { client_id, scope, resource, redirect_uri } = interaction.params as Record<string, unknown>;
    const client = await provider.Client.find(String(client_id));
    if (client === undefined) return null;
    const given = typeof scope === 'string' ? scope : '';
    return {
      interaction,
      client,
      scopes: askedScopes(given),
      identityScopes: identityScopes.filter((each) => given.split(' ').includes(each)),
      resource: String([resource].flat()[0]),
      redirectUri: String(redirect_uri),
    };
  }
}
