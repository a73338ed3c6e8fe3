import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { findSecrets } from './find-secrets.js';
import type { SecretRuleName } from './secret-finding.js';

/** Drawn for these tests; put together here, so that no scanner of sources takes them for real ones. */
const drawn = 'q7Rk2VxT9mZc4LwB8nYs6HdJ';
const examples: Record<SecretRuleName, [text: string, secret: string][]> = {
  private_key: [
    [`-----BEGIN RSA PRIVATE KEY-----\nMIIE`, 'PRIVATE KEY'],
    [`> -----BEGIN PGP PRIVATE KEY BLOCK-----`, 'PRIVATE KEY'],
    [`-----BEGIN OPENSSH PRIVATE KEY-----`, 'PRIVATE KEY'],
  ],
  aws_key: [[`the id is AKIAIOSFODNN7EXAMPLE.`, 'IOSFODNN7EXAMPLE']],
  github_token: [
    [`use ghp_${drawn}${drawn}`, drawn],
    [`github_pat_${drawn}_${drawn}`, drawn],
    [`glpat-${drawn}`, drawn],
  ],
  google_key: [
    [`AIza${drawn}${drawn}`, drawn],
    [`GOCSPX-${drawn}${drawn}`, drawn],
    [`ya29.${drawn}`, drawn],
    [`1//0${drawn}${drawn}`, drawn],
  ],
  slack_token: [
    [`xoxb-1234567890-${drawn}`, '1234567890'],
    [`https://hooks.slack.com/services/T0000AAAA/B0000BBBB/${drawn}`, drawn],
  ],
  stripe_key: [[`sk_live_${drawn}`, drawn]],
  json_web_token: [[`Bearer eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJhZGEifQ.${drawn}`, 'eyJzdWIi']],
  named_token: [
    [`API key: ${drawn}`, drawn],
    [`client_secret = "${drawn}"`, drawn],
    [`Der API-Schlüssel lautet ${drawn}`, drawn],
    [`Clé API : ${drawn}`, drawn],
  ],
  password: [
    ['Password: hunter2', 'hunter2'],
    ['password is Tr0ub4dor&3, do not tell', 'Tr0ub4dor&3'],
    ['Password (for the portal):\n  correcthorse', 'correcthorse'],
    ['Passwort: geheim123', 'geheim123'],
    ['Das Kennwort lautet geheim123.', 'geheim123'],
    ['Mot de passe : soleil42', 'soleil42'],
    ['La contraseña es girasol#9', 'girasol#9'],
    ['Senha: abacate77', 'abacate77'],
    ['Wachtwoord: fiets2026!', 'fiets2026!'],
    ['Пароль: солнце42', 'солнце42'],
    ['Hasło: zielony7', 'zielony7'],
    ['パスワード：sakura88', 'sakura88'],
    ['密码：yuanfen66', 'yuanfen66'],
    ['비밀번호: gangnam88', 'gangnam88'],
    ['כניסה: סיסמה: shalom55', 'shalom55'],
    ['pass\u200bword: hun\u200bter2', 'hunter2'],
    ['ｐａｓｓｗｏｒｄ： ｈｕｎｔｅｒ２', 'hunter2'],
  ],
  one_time_code: [
    ['Your code is 123456', '123456'],
    ['Your verification code:\n\n482 913', '482 913'],
    ['G-482913 is your Google verification code.', '482913'],
    ['Ihr Code lautet 4829.', '4829'],
    ['Bestätigungscode: 482913', '482913'],
    ['Votre code de vérification est le 482913', '482913'],
    ['Tu código de verificación es 482913', '482913'],
    ['Il tuo codice è 482913', '482913'],
    ['Ваш код: 482913', '482913'],
    ['您的验证码是 482913', '482913'],
    ['認証コード：482913', '482913'],
    ['인증번호 [482913]', '482913'],
    ['PIN: 4829', '4829'],
    ['OTP 482913', '482913'],
  ],
  card_number: [
    ['4111 1111 1111 1111', '4111'],
    ['card 5500-0055-5555-5559, 12/29', '5500'],
    ['378282246310005', '378282246310005'],
    ['Visa-4111 1111 1111 1111', '4111'],
    ['卡号4111111111111111', '4111'],
  ],
  recovery_phrase: [
    [
      'Seed phrase: abandon ability able about above absent absorb abstract absurd abuse access accident',
      'abandon ability',
    ],
    [
      '1. abandon 2. ability 3. able 4. about 5. above 6. absent 7. absorb 8. abstract 9. absurd 10. abuse 11. access 12. accident',
      'ability',
    ],
  ],
};

const ordinary = [
  'Please reset your password here: https://accounts.example.com/reset?id=42',
  'Your password was changed on Monday. If this was not you, write to us.',
  'The password is the same as last time.',
  'Password: ********',
  'Password: (see the attached letter)',
  'I forgot my password, can you help me?',
  'Passwort vergessen? Hier klicken.',
  'Your order 4829137 is on its way.',
  'The postal code is 10115, the area code 030.',
  'Error code 404123, discount code SAVE20, QR code attached.',
  'Call me: +49 30 12345678, or 555-123-4567.',
  'IBAN DE89 3704 0044 0532 0130 00, BIC COBADEFFXXX',
  'Tracking number 00340434161094042557',
  'Invoice 2026-11-28, total 1.234.567,89 EUR',
  'The keynote is a token of our thanks: tokens of appreciation everywhere.',
  'Meeting id: 123 456 7890. Join by phone.',
  'Commit 9fceb02d0ae598e95dc970b74767f19372d61af8 mends it.',
  'Message-ID: <CAKx9Zq7Rk2VxT9mZc4LwB8nYs6HdJ@mail.example.com>',
  'She sent the secret: a recipe for apple pie that we all have loved for many long years now.',
  'Give the two documents to the secretary: notarisation2026 follows.',
  'The card ends in 1111.',
  'Ticket 9a455547-5567-474c-b7eb-fdfc4350b0ab',
  'Ticket 02d6aade-4282-4079-9451-5540d4424b73',
  'Ticket 41111111-1111-4111-9111-bdfc4350b0ab',
  'Ticket aeaf3055-185d-bcf4-4111-111111111111',
  'Build f4111111111111111b2',
  'My number is 4111 1111 1111 1112.',
  '1. milk 2. bread 3. eggs 4. butter',
  'Ich bestätige den Code of Conduct 2026.',
];

describe.each(Object.entries(examples))('the rule %s', (rule, cases) => {
  it.each(cases)('finds it in %j, and shows it masked', (text, secret) => {
    const found = findSecrets([{ name: 'text', text: `Hello,\n${text}\nBest` }]);
    expect(found.map((each) => each.rule)).toContain(rule);
    for (const { place } of found) {
      expect(place).toMatch(/^text: .{0,40}\*{8}$/u);
      expect(place).not.toContain(secret);
    }
  });
});

describe('the outbound secret check', () => {
  it.each(ordinary)('lets pass: %s', (text) => {
    expect(findSecrets([{ name: 'text', text }])).toEqual([]);
  });

  it('tells in which text it found something, each place once and few of them', () => {
    const text = `${'password: hunter2\n'.repeat(50)}Passwort: geheim1\nSenha: abacate7\nHasło: zielony7`;
    const found = findSecrets([
      { name: 'subject', text: 'Your code is 123456' },
      { name: 'text', text },
    ]);
    expect(found).toEqual([
      { rule: 'password', place: 'text: password: ********' },
      { rule: 'password', place: 'text: Passwort: ********' },
      { rule: 'password', place: 'text: Senha: ********' },
      { rule: 'one_time_code', place: 'subject: Your code is ********' },
    ]);
  });

  it('shows nothing of a drawn secret, wherever it stands', () => {
    const alphabet = fc.constantFrom(
      ...'ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz23456789'.split(''),
    );
    const secret = fc.string({ unit: alphabet, minLength: 20, maxLength: 60 });
    const around = fc.constantFrom(
      '',
      'password: ',
      'API key = ',
      'token: ',
      'sk_live_',
      'ghp_',
      'eyJ',
      ' is your code',
    );
    fc.assert(
      fc.property(around, secret, around, (before, drawnSecret, after) => {
        const found = findSecrets([{ name: 'text', text: `${before}${drawnSecret}${after}` }]);
        for (const { place } of found) expect(place).not.toContain(drawnSecret.slice(-12));
      }),
      { numRuns: 300 },
    );
  });

  const megabyte = 1_000_000;
  it.each<[what: string, unit: string]>([
    ['letters', 'a'],
    ['capitals', 'A'],
    ['digits', '1'],
    ['digits with spaces', '1 '],
    ['groups of digits', '1234 '],
    ['the beginnings of tokens', 'eyJ'],
    ['the beginnings of tokens with dots', 'eyJaaaaaaaaa.'],
    ['tokens that do not end', 'eyJaaaaaaaaa.eyJ-'],
    ['the word for a password', 'password '],
    ['the word for a password with colons', 'password: '],
    ['the word for a code', 'your code '],
    ['the word for a code on lines', 'otp\n\n\n'],
    ['codes without words', '123456 aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa '],
    ['words that tell of keys', 'secret='],
    ['words that tell of phrases', 'mnemonic abc abc abc '],
    ['phrases that end early', 'mnemonic a b c d e '],
    ['numbered words', '1. milk 2. bread '],
    ['the beginnings of keys', '-----BEGIN A B C D '],
    ['spaces', ' '],
    ['line feeds', '\n'],
    ['characters that show nothing', '\u200b'],
    ['characters that become many', '\ufdfa'],
    ['brackets after a password', 'password('],
  ])('takes a megabyte of %s in proportion', (_what, unit) => {
    const timeOf = (length: number) => {
      const text = unit.repeat(Math.ceil(length / unit.length));
      const startedAt = performance.now();
      findSecrets([{ name: 'text', text }]);
      return performance.now() - startedAt;
    };
    expect(timeOf(megabyte)).toBeLessThan(4_000);
  });
});
