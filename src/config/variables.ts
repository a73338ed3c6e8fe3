import { isIP } from 'node:net';
import { z } from 'zod';

/** Building blocks of the environment's schema. Their messages never repeat a value: it may be a secret. */

/** Fastify's `trustProxy`: all proxies, none, or those at these addresses. */
export const trustProxy = z
  .string()
  .default('false')
  .refine(
    (value) =>
      value === 'true' ||
      value === 'false' ||
      value.split(',').every((entry) => isAddressOrSubnet(entry.trim())),
    'must be true, false, or a comma-separated list of addresses and subnets',
  )
  .transform((value) => (value === 'true' || value === 'false' ? value === 'true' : value));

function isAddressOrSubnet(entry: string): boolean {
  const [address = '', prefixLength, ...rest] = entry.split('/');
  const bits = { 0: -1, 4: 32, 6: 128 }[isIP(address)] ?? -1;
  if (bits < 0 || rest.length > 0) return false;
  return prefixLength === undefined || (/^\d{1,3}$/.test(prefixLength) && Number(prefixLength) <= bits);
}

const loopbackHosts = new Set(['localhost', '127.0.0.1', '[::1]']);

export function isLoopback(url: string): boolean {
  return loopbackHosts.has(new URL(url).hostname);
}

export function port(fallback: number) {
  return z.coerce
    .number('must be a port number')
    .int('must be a port number')
    .min(1, 'must be a port number')
    .max(65_535, 'must be a port number')
    .default(fallback);
}

export function wholeNumber(fallback: number, minimum = 0) {
  return z.coerce
    .number('must be a whole number')
    .int('must be a whole number')
    .min(minimum)
    .default(fallback);
}

/** No longer than the lease of an outbound act leaves for it and for the look that may follow. */
export const requestTimeoutMs = z.coerce
  .number('must be a whole number')
  .int('must be a whole number')
  .min(1_000, 'must be at least 1000')
  .max(30_000, 'must be at most 30000')
  .default(30_000);

/** Ten minutes at most. */
export const seconds = z.coerce
  .number('must be a whole number')
  .int('must be a whole number')
  .min(0)
  .max(600, 'must be at most 600');

const leastBodyBytes = 16 * 1024 * 1024;

/** Less than this would not hold one mail with its attachments beside others. */
export const bodyBytes = z.coerce
  .number('must be a whole number')
  .int('must be a whole number')
  .min(leastBodyBytes, `must be at least ${leastBodyBytes}`);

/** Often enough to be of use, and seldom enough for the quota of a mailbox. */
export const pollSeconds = z.coerce
  .number('must be a whole number')
  .int('must be a whole number')
  .min(10, 'must be at least 10')
  .max(3_600, 'must be at most 3600')
  .default(60);

export const pubsubTopic = z
  .string()
  .regex(/^projects\/[^/\s]+\/topics\/[^/\s]+$/, 'must be a topic like projects/my-project/topics/gmail');

export const serviceAccount = z.email('must be the e-mail address of a service account');

export const flag = z
  .enum(['true', 'false'], 'must be true or false')
  .default('false')
  .transform((v) => v === 'true');

export const httpUrl = z
  .string()
  .refine(
    (value) => URL.canParse(value) && /^https?:$/.test(new URL(value).protocol),
    'must be an http(s) URL',
  )
  .transform((value) => value.replace(/\/+$/, ''));

/** https anywhere, plain http only to this machine. */
export const httpsOrLoopbackUrl = httpUrl.refine(
  (value) => !URL.canParse(value) || value.startsWith('https:') || isLoopback(value),
  'must be https, or http on loopback',
);

/** Compared letter by letter, so kept as it is: a slash at its end may be a part of it (RFC 9207 section 2.4). */
export const issuer = z
  .string()
  .refine((value) => httpsOrLoopbackUrl.safeParse(value).success, 'must be https, or http on loopback');

export const postgresUrl = z
  .string()
  .refine(
    (value) => URL.canParse(value) && /^postgres(ql)?:$/.test(new URL(value).protocol),
    'must be a postgres:// URL',
  );

export const secret = z.string().min(32, 'must be at least 32 characters');

const list = z
  .string()
  .default('')
  .transform((value) =>
    value
      .split(',')
      .map((entry) => entry.trim())
      .filter(Boolean),
  );

export const origins = list.refine(
  (entries) => entries.every((origin) => URL.canParse(origin) && new URL(origin).origin === origin),
  'must be a comma-separated list of origins like https://app.example.com',
);

/** Names as clients write them in the Host header, without the port. */
export const hostNames = list
  .transform((entries) => entries.map((name) => name.toLowerCase()))
  .refine(
    (entries) => entries.every((name) => /^[a-z0-9_]([a-z0-9._-]*[a-z0-9_])?$/.test(name)),
    'must be a comma-separated list of host names like evergrant.internal, without ports',
  );

export interface MasterKey {
  id: string;
  key: Buffer;
}

/** `id:base64,…`; the first key encrypts, all decrypt. */
export const masterKeys = z
  .string()
  .transform((value) =>
    value.split(',').map((entry): MasterKey => {
      const separator = entry.indexOf(':');
      return {
        id: entry.slice(0, Math.max(separator, 0)).trim(),
        key: Buffer.from(entry.slice(separator + 1).trim(), 'base64'),
      };
    }),
  )
  .refine(
    (keys) =>
      keys.every(({ id, key }) => /^[A-Za-z0-9_-]{1,32}$/.test(id) && key.length === 32) &&
      new Set(keys.map(({ id }) => id)).size === keys.length,
    'must be id:base64 pairs, separated by commas, of 32-byte keys with distinct ids',
  );

/** `id:secret,…` of OAuth clients. */
export const formerClients = list
  .transform((entries) =>
    entries.map((entry) => {
      const separator = Math.max(entry.indexOf(':'), 0);
      return { clientId: entry.slice(0, separator).trim(), clientSecret: entry.slice(separator + 1).trim() };
    }),
  )
  .refine(
    (clients) =>
      clients.every(({ clientId, clientSecret }) => clientId !== '' && clientSecret !== '') &&
      new Set(clients.map(({ clientId }) => clientId)).size === clients.length,
    'must be id:secret pairs of OAuth clients, separated by commas, with distinct ids',
  );

/** `name:number,…` */
export const numbersByName = z
  .string()
  .transform((value) => value.split(',').map((entry) => entry.trim().split(':')))
  .refine(
    (pairs) => pairs.every(([name = '', number = '']) => /^[\w.]+$/.test(name) && /^\d{1,6}$/.test(number)),
    'must be name:number pairs, separated by commas',
  )
  .transform((pairs): Readonly<Record<string, number>> =>
    Object.fromEntries(pairs.map(([name = '', number]) => [name, Number(number)])),
  );

export const roleNames = ['api', 'oauth', 'refresher'] as const;
export type Role = (typeof roleNames)[number];

export const roles = z
  .string()
  .default(roleNames.join(','))
  .transform((value) => value.split(',').map((role) => role.trim()))
  .pipe(
    z
      .array(z.enum(roleNames, `must be a comma-separated list out of ${roleNames.join(', ')}`))
      .min(1)
      .transform((list): ReadonlySet<Role> => new Set(list)),
  );
