import { personScopes } from '../../instances/index.js';
import { issuerRoutes } from '../issuer/issuer-configuration.js';
import { clientAuthMethods } from '../registration/client-metadata.js';

const assertionAlgorithms = ['RS256', 'PS256', 'ES256', 'EdDSA'];

/** What clients find out about the authorization server (RFC 8414; OpenID Connect Discovery, section 3). */
export function authorizationServerMetadata(publicUrl: string): Record<string, unknown> {
  const methods = [...clientAuthMethods];
  return {
    issuer: publicUrl,
    authorization_endpoint: publicUrl + issuerRoutes.authorization,
    token_endpoint: publicUrl + issuerRoutes.token,
    registration_endpoint: publicUrl + issuerRoutes.registration,
    revocation_endpoint: publicUrl + issuerRoutes.revocation,
    jwks_uri: publicUrl + issuerRoutes.jwks,
    // What is listed here some clients ask a person for, all of it.
    scopes_supported: [...personScopes],
    response_types_supported: ['code'],
    response_modes_supported: ['query'],
    grant_types_supported: ['authorization_code', 'refresh_token'],
    token_endpoint_auth_methods_supported: methods,
    token_endpoint_auth_signing_alg_values_supported: assertionAlgorithms,
    revocation_endpoint_auth_methods_supported: methods,
    revocation_endpoint_auth_signing_alg_values_supported: assertionAlgorithms,
    code_challenge_methods_supported: ['S256'],
    authorization_response_iss_parameter_supported: true,
    client_id_metadata_document_supported: true,
    subject_types_supported: ['public'],
    id_token_signing_alg_values_supported: ['RS256'],
    claims_supported: ['sub', 'email', 'email_verified', 'iss', 'aud', 'exp', 'iat', 'auth_time', 'nonce'],
    // Of these, one is taken for supported where nothing is said.
    claims_parameter_supported: false,
    request_parameter_supported: false,
    request_uri_parameter_supported: false,
  };
}

/** What clients find out about an MCP endpoint (RFC 9728, section 2). */
export function protectedResourceMetadata(
  resource: string,
  authorizationServer: string,
): Record<string, unknown> {
  return {
    resource,
    authorization_servers: [authorizationServer],
    scopes_supported: [...personScopes],
    bearer_methods_supported: ['header'],
    resource_name: 'Gmail by Evergrant',
  };
}
