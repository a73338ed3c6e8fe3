// panva's oidc-provider as the OAuth server, as `node oidc-provider.mjs <settings as JSON>`: its own consent pages,
// refresh tokens that rotate with each use, and a grant that ends when a spent one is presented. Each line that it
// prints tells what it did with a grant.
import { setTimeout as pause } from 'node:timers/promises';
import Provider from 'oidc-provider';

const { port, clientId, clientSecret, redirectUri, scopes, addressInIdToken } = JSON.parse(process.argv[2]);
const issuer = `http://localhost:${port}`;
const longestPauseMs = 120;

const provider = new Provider(issuer, {
  clients: [
    {
      client_id: clientId,
      client_secret: clientSecret,
      redirect_uris: [redirectUri],
      grant_types: ['authorization_code', 'refresh_token'],
      response_types: ['code'],
      token_endpoint_auth_method: 'client_secret_post',
    },
  ],
  scopes,
  claims: { openid: ['sub'], email: ['email', 'email_verified'] },
  conformIdTokenClaims: !addressInIdToken,
  findAccount: (_ctx, accountId) => ({
    accountId,
    claims: () => ({ sub: accountId, email: accountId, email_verified: true }),
  }),
  features: { revocation: { enabled: true } },
  issueRefreshToken: () => true,
  rotateRefreshToken: true,
  ttl: { AccessToken: 3600, RefreshToken: 86_400, Grant: 86_400, Session: 86_400, Interaction: 3600 },
  cookies: { keys: ['cookies of a test'] },
});

const tell = (what, ctx, more = {}) => {
  const account = ctx.oidc?.entities?.Account?.accountId ?? ctx.oidc?.entities?.RefreshToken?.accountId;
  console.log(JSON.stringify({ what, account, grantType: ctx.oidc?.params?.grant_type, ...more }));
};
provider.on('grant.success', (ctx) => tell('granted', ctx));
provider.on('grant.error', (ctx, { error, error_description: why }) => tell('refused', ctx, { error, why }));
provider.on('grant.revoked', (ctx) => tell('revoked', ctx));
provider.on('server_error', (ctx, error) => tell('failed', ctx, { error: String(error) }));

// What was worked on is done; by then its caller may have gone.
provider.use(async (ctx, next) => {
  await next();
  if (ctx.path === '/token') await pause(Math.random() * longestPauseMs);
});

provider.listen(port, 'localhost', () => console.log('READY'));
