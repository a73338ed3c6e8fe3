const withoutSpaces = /^[\p{Script=Han}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}]/u;

/** What a password is called. Longer forms first: the first that fits is taken. */
const passwordWords = [
  ...['password', 'passwd', 'passphrase', 'passcode', 'pwd'],
  ...['passwort', 'kennwort', 'mot de passe', 'contraseña', 'senha', 'palavra-passe', 'parola d’ordine'],
  ...[
    'password di accesso',
    'wachtwoord',
    'lösenord',
    'adgangskode',
    'passord',
    'salasana',
    'hasło',
    'heslo',
  ],
  ...[
    'jelszó',
    'parolă',
    'şifre',
    'parola',
    'пароль',
    'лозинка',
    'парола',
    'κωδικός πρόσβασης',
    'סיסמה',
    'كلمة المرور',
  ],
  ...['mật khẩu', 'kata sandi', 'รหัสผ่าน', 'पासवर्ड', '密码', '密碼', 'パスワード', '비밀번호'],
];

/** What a code is called that serves once. */
const codeWords = [
  ...['verification code', 'security code', 'login code', 'sign-in code', 'signin code', 'access code'],
  ...['confirmation code', 'authentication code', 'authorization code', 'one-time code', 'one time code'],
  ...[
    'one-time password',
    'one-time passcode',
    'one-time pin',
    'two-factor code',
    '2fa code',
    'otp',
    'your code',
  ],
  ...[
    'bestätigungscode',
    'sicherheitscode',
    'einmalcode',
    'einmalpasswort',
    'verifizierungscode',
    'anmeldecode',
  ],
  ...[
    'ihr code',
    'dein code',
    'mtan',
    'code de vérification',
    'code de sécurité',
    'code à usage unique',
    'votre code',
  ],
  ...['código de verificación', 'código de seguridad', 'código de acceso', 'tu código', 'su código'],
  ...[
    'código de verificação',
    'código de segurança',
    'seu código',
    'codice di verifica',
    'codice di sicurezza',
  ],
  ...[
    'il tuo codice',
    'verificatiecode',
    'beveiligingscode',
    'je code',
    'verifieringskod',
    'din kod',
    'bekræftelseskode',
  ],
  ...['vahvistuskoodi', 'kod weryfikacyjny', 'twój kod', 'ověřovací kód', 'ellenőrző kód', 'doğrulama kodu'],
  ...['код подтверждения', 'код безопасности', 'ваш код', 'κωδικός επαλήθευσης', 'קוד אימות', 'رمز التحقق'],
  ...[
    'mã xác minh',
    'kode verifikasi',
    '验证码',
    '驗證碼',
    '認証コード',
    '確認コード',
    '인증번호',
    '인증 코드',
  ],
];

/** What a key for programs is called. */
const keyWords = [
  ...[
    'api key',
    'api-key',
    'api_key',
    'apikey',
    'access key',
    'access_key',
    'secret key',
    'secret_key',
    'secret',
  ],
  ...[
    'client secret',
    'client_secret',
    'private key',
    'access token',
    'access_token',
    'auth token',
    'auth_token',
  ],
  ...[
    'bearer token',
    'refresh token',
    'refresh_token',
    'bearer',
    'token',
    'api-schlüssel',
    'schlüssel',
    'clé d’api',
  ],
  ...[
    'clé api',
    'clave de api',
    'clave api',
    'chave de api',
    'chiave api',
    'ключ api',
    'api ключ',
    '密钥',
    'apiキー',
  ],
];

/** What the words are called that restore a wallet. */
const phraseWords = [
  ...[
    'recovery phrase',
    'seed phrase',
    'secret phrase',
    'backup phrase',
    'mnemonic',
    'seed words',
    'recovery words',
  ],
  ...[
    'wiederherstellungsphrase',
    'wiederherstellungswörter',
    'phrase de récupération',
    'frase de recuperación',
  ],
  ...[
    'frase de recuperação',
    'frase di recupero',
    'herstelzin',
    'сид-фраза',
    'seed-фраза',
    '助记词',
    '助記詞',
  ],
];

/** One of these words, not within a longer one where a script has spaces between words. */
function anyOf(words: readonly string[]): string {
  const longestFirst = [...words].sort((one, other) => other.length - one.length);
  const choice = (chosen: readonly string[]) => chosen.join('|').replaceAll('’', "['’]");
  const spaced = longestFirst.filter((word) => !withoutSpaces.test(word));
  const unspaced = longestFirst.filter((word) => withoutSpaces.test(word));
  return `(?:(?<![\\p{L}\\p{N}_])(?:${choice(spaced)})|${choice(unspaced)})`;
}

export const words = {
  password: anyOf(passwordWords),
  code: anyOf(codeWords),
  key: anyOf(keyWords),
  phrase: anyOf(phraseWords),
};
