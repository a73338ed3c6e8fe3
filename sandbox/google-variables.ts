import { authorizationPath } from './oauth/authorization-endpoint.js';
import { riscConfigurationPath } from './risc/risc-configuration.js';

/** URLs to put in the place of Google's. */
export interface SandboxEndpoints {
  authUrl: string;
  tokenUrl: string;
  revokeUrl: string;
  userinfoUrl: string;
  certsUrl: string;
  riscConfigurationUrl: string;
  gmailApiUrl: string;
}

/** The endpoints of a sandbox that is reached under this URL. */
export function endpointsAt(url: string): SandboxEndpoints {
  return {
    authUrl: url + authorizationPath,
    tokenUrl: `${url}/token`,
    revokeUrl: `${url}/revoke`,
    userinfoUrl: `${url}/v1/userinfo`,
    certsUrl: `${url}/oauth2/v3/certs`,
    riscConfigurationUrl: url + riscConfigurationPath,
    gmailApiUrl: url,
  };
}

/** The variables that point Evergrant to these endpoints instead of Google's. */
export function googleVariables({
  authUrl,
  tokenUrl,
  revokeUrl,
  userinfoUrl,
  certsUrl,
  riscConfigurationUrl,
  gmailApiUrl,
}: SandboxEndpoints) {
  return {
    GOOGLE_AUTH_URL: authUrl,
    GOOGLE_TOKEN_URL: tokenUrl,
    GOOGLE_REVOKE_URL: revokeUrl,
    GOOGLE_USERINFO_URL: userinfoUrl,
    GOOGLE_CERTS_URL: certsUrl,
    GOOGLE_RISC_CONFIGURATION_URL: riscConfigurationUrl,
    GMAIL_API_URL: gmailApiUrl,
  };
}
