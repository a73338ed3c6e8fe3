import { afterEach, describe, expect, it } from '@jest/globals';
import { oauthServiceToken } from '../harness/oauth/oauth-service.js';
import { httpAnswer, Stranger, type StrangersAnswer } from '../harness/oauth/stranger.js';
import { ChainStage } from './chain-stage.js';

let stage: ChainStage;
let stranger: Stranger;
afterEach(async () => {
  await stage.stop();
  await stranger.close();
});

/** The caller's own proof, sent back as if it were the service's. */
function sendBack(request: string): string {
  const [, proof] = /Evergrant-Hello [\w-]+\.([\w-]+)/.exec(request) ?? [];
  return httpAnswer('200 OK', JSON.stringify({ proof }));
}

const token = { access_token: 'ya29.strangers', token_type: 'Bearer', expires_in: 3599 };

const answers: [string, StrangersAnswer][] = [
  ['that has no such route', () => httpAnswer('404 Not Found', '<h1>Not found</h1>', 'text/html')],
  ['that says yes to all', () => httpAnswer('200 OK', '{"status":"ok"}')],
  ['that hands out tokens', () => httpAnswer('200 OK', JSON.stringify(token))],
  ['that sends the proof back', sendBack],
  ['that asks for our secret', () => httpAnswer('401 Unauthorized', '{"error":"invalid_token"}')],
  ['that redirects', () => httpAnswer('307 Temporary Redirect\r\nLocation: /token/refresh', '')],
  ['that is silent', () => null],
  ['that speaks no HTTP', () => '220 mail.example.com ESMTP\r\n'],
];

describe('a program that is not our OAuth service', () => {
  it.each(answers)('and %s is sent no secret, and all goes on without it', async (_what, answer) => {
    stranger = await Stranger.listen(answer);
    stage = await ChainStage.start({ serviceUrl: stranger.url, timeoutMs: 1_000 });
    const [request, single] = [await stage.grant(), await stage.grant({ singleUse: true })];
    const code = await stage.code();
    for (const asked of [request, single]) {
      await expect(stage.exchange.refresh(asked)).resolves.toMatchObject({
        status: 'refreshed',
        path: 'direct',
      });
    }
    await expect(stage.exchange.exchangeCode(code)).resolves.toMatchObject({
      status: 'exchanged',
      path: 'direct',
    });
    await stage.exchange.recall(request.attemptId);
    await stage.status.hello();

    expect(stranger.heard).toContain('GET /hello');
    const secrets = [
      ...[oauthServiceToken, request.refreshToken, single.refreshToken, request.client.clientSecret],
      ...[code.code, code.codeVerifier],
    ];
    for (const secret of secrets) expect(stranger.heard).not.toContain(secret);
    expect(stranger.heard).not.toMatch(/POST|Bearer/);
  });
});
