/** What a client sends, by what its makers and the reports of its users say. */
export interface RecordedClient {
  /** Where that is written. */
  source: string;
  /** Its registration (RFC 7591). */
  registration: Record<string, unknown>;
  /** Of the registered ones, or one that differs by its port. */
  redirectUri: string;
  /** Parameters of its authorization request beside those that all of them send; null for one that it does not send. */
  authorize?: Record<string, string | null>;
  /** How it proves who it is at the token endpoint. */
  proof: 'none' | 'client_secret_post';
  /** The page from which it calls metadata and token endpoints, if it does so in a browser. */
  origin?: string;
  /** The scope that it sends along with a refresh. */
  refreshScope?: string;
  protocol: '2025-06-18' | '2025-11-25';
}

const code = { response_types: ['code'], grant_types: ['authorization_code', 'refresh_token'] };

export const recordedClients: Record<string, RecordedClient> = {
  Cursor: {
    source: 'https://github.com/erp-mafia/accounted/pull/2225',
    registration: {
      ...code,
      client_name: 'Cursor',
      token_endpoint_auth_method: 'none',
      redirect_uris: [
        'cursor://anysphere.cursor-mcp/oauth/callback',
        'https://www.cursor.com/agents/mcp/oauth/callback',
        'http://localhost:8787/callback',
      ],
    },
    redirectUri: 'cursor://anysphere.cursor-mcp/oauth/callback',
    proof: 'none',
    protocol: '2025-11-25',
  },
  'Claude Code': {
    source: 'https://code.claude.com/docs/en/mcp',
    registration: {
      ...code,
      client_name: 'Claude Code (evergrant)',
      token_endpoint_auth_method: 'none',
      redirect_uris: ['http://localhost/callback', 'http://127.0.0.1/callback'],
    },
    redirectUri: 'http://localhost:61234/callback',
    proof: 'none',
    protocol: '2025-11-25',
  },
  'claude.ai': {
    source: 'https://github.com/anthropics/claude-ai-mcp/issues/1043',
    registration: {
      ...code,
      client_name: 'Claude',
      token_endpoint_auth_method: 'client_secret_post',
      redirect_uris: ['https://claude.ai/api/mcp/auth_callback'],
    },
    redirectUri: 'https://claude.ai/api/mcp/auth_callback',
    proof: 'client_secret_post',
    origin: 'https://claude.ai',
    protocol: '2025-11-25',
  },
  ChatGPT: {
    source: 'https://developers.openai.com/plugins/build/auth',
    registration: {
      ...code,
      client_name: 'ChatGPT',
      token_endpoint_auth_method: 'none',
      redirect_uris: ['https://chatgpt.com/connector_platform_oauth_redirect'],
    },
    redirectUri: 'https://chatgpt.com/connector_platform_oauth_redirect',
    proof: 'none',
    protocol: '2025-11-25',
  },
  'VS Code': {
    source: 'https://github.com/jlowin/fastmcp/issues/1868',
    registration: {
      response_types: ['code'],
      grant_types: ['authorization_code', 'refresh_token', 'urn:ietf:params:oauth:grant-type:device_code'],
      client_name: 'Visual Studio Code',
      client_uri: 'https://code.visualstudio.com',
      token_endpoint_auth_method: 'none',
      application_type: 'native',
      scope: 'gmail:read gmail:write gmail:send gmail:settings',
      redirect_uris: [
        'https://insiders.vscode.dev/redirect',
        'https://vscode.dev/redirect',
        'http://localhost/',
        'http://127.0.0.1/',
        'http://localhost:33418/',
        'http://127.0.0.1:33418/',
      ],
    },
    redirectUri: 'http://127.0.0.1:33418/',
    refreshScope: 'gmail:read',
    proof: 'none',
    protocol: '2025-11-25',
  },
  'Microsoft 365 Copilot': {
    source:
      'https://learn.microsoft.com/en-us/microsoft-365/copilot/extensibility/plugin-authentication-oauth',
    registration: {
      client_name: 'Microsoft 365 Copilot',
      token_endpoint_auth_method: 'client_secret_post',
      redirect_uris: ['https://teams.microsoft.com/api/platform/v1.0/oAuthRedirect'],
    },
    redirectUri: 'https://teams.microsoft.com/api/platform/v1.0/oAuthRedirect',
    // Its documents speak of no resource: RFC 8707 leaves the default to the server.
    authorize: { resource: null },
    proof: 'client_secret_post',
    protocol: '2025-06-18',
  },
};
