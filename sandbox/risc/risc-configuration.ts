/** Where Google says who signs its security events, and with which keys. */
export const riscConfigurationPath = '/.well-known/risc-configuration';

/** The issuer of security events; unlike that of id_tokens it ends in a slash. */
export const riscIssuer = 'https://accounts.google.com/';
