import { errors, interactionPolicy, type Configuration, type KoaContextWithOIDC } from 'oidc-provider';
import { personScopes } from '../../instances/index.js';
import type { ClientDocuments } from '../registration/client-documents.js';
import { longestDocumentBytes } from '../registration/client-documents.js';
import { clientAuthMethods } from '../registration/client-metadata.js';
import { identityScopes } from '../scopes/asked-scopes.js';
import { isMcpResource } from '../scopes/resources.js';
import { lives } from './lives.js';

export type FixedConfiguration = Omit<
  Configuration,
  'adapter' | 'jwks' | 'findAccount' | 'rotateRefreshToken'
>;

/** Where the page of an interaction is. */
export function interactionPath(uid: string): string {
  return `/sign-in/${uid}`;
}

/** Exactly these are mounted. */
export const issuerRoutes = {
  authorization: '/authorize',
  token: '/token',
  registration: '/register',
  revocation: '/revoke',
  jwks: '/jwks',
} as const;

interface Surroundings {
  publicUrl: string;
  cookieKeys: readonly string[];
  documents: ClientDocuments;
  renderError: (ctx: KoaContextWithOIDC, error: errors.OIDCProviderError) => void;
}

/** What of oidc-provider is switched on, and how: OAuth 2.1 for public clients, nothing else. */
export function issuerConfiguration({
  publicUrl,
  cookieKeys,
  documents,
  renderError,
}: Surroundings): FixedConfiguration {
  const isSecure = publicUrl.startsWith('https:');
  const cookie = { httpOnly: true, sameSite: 'lax', secure: isSecure, signed: true } as const;
  const prefix = isSecure ? '__Secure-' : '';
  return {
    routes: issuerRoutes,
    scopes: [...identityScopes],
    claims: { openid: ['sub'], email: ['email', 'email_verified'] },
    subjectTypes: ['public'],
    responseTypes: ['code'],
    // OpenID Connect Core, section 3.1.2.1: a client says where it is to be answered.
    allowOmittingSingleRegisteredRedirectUri: false,
    pkce: { required: () => true },
    clientAuthMethods: [...clientAuthMethods],
    clientDefaults: { application_type: 'native', token_endpoint_auth_method: 'none' },
    cookies: {
      keys: [...cookieKeys],
      names: {
        session: `${prefix}evergrant_as_session`,
        interaction: `${prefix}evergrant_as_interaction`,
        resume: `${prefix}evergrant_as_resume`,
      },
      long: cookie,
      short: cookie,
    },
    ttl: {
      AccessToken: lives.accessToken,
      AuthorizationCode: lives.authorizationCode,
      Grant: lives.unusedAuthorization,
      IdToken: lives.idToken,
      Interaction: lives.interaction,
      RefreshToken: lives.refreshToken,
      Session: lives.interaction,
    },
    interactions: { policy: consentAlways(), url: (_ctx, { uid }) => interactionPath(uid) },
    loadExistingGrant: ({ oidc }) => {
      // What an earlier authorization of this client was given, another process of the same client may hold.
      const { grantId } = oidc.result?.consent ?? {};
      return grantId === undefined ? undefined : oidc.provider.Grant.find(grantId);
    },
    // Clients do not ask for `offline_access`; without a refresh token a person would sign in every hour.
    issueRefreshToken: () => true,
    expiresWithSession: () => false,
    revokeGrantPolicy: ({ oidc }) => !(oidc.route === 'revocation' && oidc.entities.AccessToken),
    // A page gets the headers of CORS from Fastify, and never a cookie along.
    clientBasedCORS: () => true,
    renderError: (ctx, _out, error) => renderError(ctx, error as errors.OIDCProviderError),
    conformIdTokenClaims: false,
    fetch: (url) => documents.fetch(url instanceof Request ? url.url : url.toString()),
    fetchResponseBodyLimits: {
      'client_id metadata document': longestDocumentBytes,
      jwks_uri: longestDocumentBytes,
      sector_identifier_uri: longestDocumentBytes,
    },
    features: {
      devInteractions: { enabled: false },
      rpInitiatedLogout: { enabled: false },
      userinfo: { enabled: false },
      dPoP: { enabled: false },
      claimsParameter: { enabled: false },
      pushedAuthorizationRequests: { enabled: false },
      requestObjects: { enabled: false },
      introspection: { enabled: false },
      revocation: {
        enabled: true,
        allowedPolicy: (_ctx, client, token) => token.clientId === client.clientId,
      },
      registration: { enabled: true, issueRegistrationAccessToken: false },
      clientIdMetadataDocument: { enabled: true, ack: 'draft-02', cacheDuration: { min: 60, max: 86_400 } },
      resourceIndicators: {
        enabled: true,
        defaultResource: () => `${publicUrl}/mcp`,
        useGrantedResource: () => true,
        getResourceServerInfo: ({ oidc }, resource) => {
          const isOne = !Array.isArray(oidc.params?.resource) || oidc.params.resource.length === 1;
          if (!isOne || !isMcpResource(resource, publicUrl)) throw new errors.InvalidTarget();
          return {
            scope: personScopes.join(' '),
            audience: resource,
            accessTokenFormat: 'opaque',
            accessTokenTTL: lives.accessToken,
          };
        },
      },
    },
  };
}

/**
 * Our page, every time: before Google, whatever a client was allowed before (the rule against a confused deputy that
 * MCP has for servers with one client at an upstream provider). `prompt=none` is answered with an error.
 */
function consentAlways(): interactionPolicy.DefaultPolicy {
  const policy = interactionPolicy.base();
  const { Check, Prompt } = interactionPolicy;
  policy.clear();
  policy.add(new Prompt({ name: 'login', requestable: true }));
  const isUndecided = new Check(
    'undecided',
    'the person has to decide',
    'consent_required',
    ({ oidc }) => oidc.result?.consent?.grantId === undefined,
  );
  policy.add(new Prompt({ name: 'consent', requestable: true }, isUndecided));
  return policy;
}
