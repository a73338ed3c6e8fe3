import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** An authority that no machine trusts, until 2100; its key is thrown away. */
const authority = `-----BEGIN CERTIFICATE-----
MIIBijCCATGgAwIBAgIUJC+GMl+0Xhzo7U6mXmChxFU/qLEwCgYIKoZIzj0EAwIw
GjEYMBYGA1UEAwwPRXZlcmdyYW50IHRlc3RzMCAXDTI2MTEyODE2MDg1N1oYDzIx
MDAxMDMxMTYwODU3WjAaMRgwFgYDVQQDDA9FdmVyZ3JhbnQgdGVzdHMwWTATBgcq
hkjOPQIBBggqhkjOPQMBBwNCAASxZC0B0DzrMftQ8s+MquVOXSC8TXq4FQ9cbGQR
LcV+5x9DbmsNVdbjJ5a4F+I3GPPdXkNpTd9WZiIdKw+DcdJKo1MwUTAdBgNVHQ4E
FgQU9EaP6U2Vjoj4eqBJ5F63+97K9sswHwYDVR0jBBgwFoAU9EaP6U2Vjoj4eqBJ
5F63+97K9sswDwYDVR0TAQH/BAUwAwEB/zAKBggqhkjOPQQDAgNHADBEAiAf7nrN
LLGzz5J9ifD82S/I1sCRkbud+C489mY4dw2JBwIgd76Sw1pazJX4b28kkPFBBVrh
Sur08Mq/scggz2L/kTg=
-----END CERTIFICATE-----`;
/** Of google.test, gmail.test, localhost and 127.0.0.1, by that authority. The key guards nothing. */
const cert = `-----BEGIN CERTIFICATE-----
MIIBtTCCAVygAwIBAgIUIfE7NozZ9QqKsR5SzITxxmfQjQ8wCgYIKoZIzj0EAwIw
GjEYMBYGA1UEAwwPRXZlcmdyYW50IHRlc3RzMCAXDTI2MTEyODE2MDg1OFoYDzIx
MDAxMDMxMTYwODU4WjAUMRIwEAYDVQQDDAlsb2NhbGhvc3QwWTATBgcqhkjOPQIB
BggqhkjOPQMBBwNCAASfRF9qKRt9lmVqPLqWCG9MXbitt4uiGowE2m176G3izgqv
N2qgciFK5FKPttfoDkvYjM9pquctQ6elZI2qQGSOo4GDMIGAMDMGA1UdEQQsMCqC
C2dvb2dsZS50ZXN0ggpnbWFpbC50ZXN0gglsb2NhbGhvc3SHBH8AAAEwCQYDVR0T
BAIwADAdBgNVHQ4EFgQUcIcqjHg2MjRPOvnz9n6RdJ5ce3wwHwYDVR0jBBgwFoAU
9EaP6U2Vjoj4eqBJ5F63+97K9sswCgYIKoZIzj0EAwIDRwAwRAIgJ2YA3FQbTHNt
WJlFEVvAW9vuvhu8Ry3b1aB94fLSgfICIA9FFqRpPyBJcrgew4MdMOdOdW5RKDr6
nOrYgccUk+C3
-----END CERTIFICATE-----`;
const key = `-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQggaqgOcWXmnkFKFj1
acVVlhew090nXrAWMF8wsI2GiJShRANCAASfRF9qKRt9lmVqPLqWCG9MXbitt4ui
GowE2m176G3izgqvN2qgciFK5FKPttfoDkvYjM9pquctQ6elZI2qQGSO
-----END PRIVATE KEY-----`;

/** What a server with a certificate of a private authority needs. */
export const privateCertificate = { cert, key };

/** The file that clients name to trust it. */
export function authorityFile(folder: string): string {
  return written(folder, 'authority.pem', authority);
}

/** The same certificate as files, for servers that take no others. */
export function certificateFiles(folder: string): { cert: string; key: string } {
  return { cert: written(folder, 'server.pem', cert), key: written(folder, 'server.key', key) };
}

function written(folder: string, name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, `${text}\n`, { mode: 0o600 });
  return path;
}
