import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import { EvergrantError } from '../../errors/index.js';
import type { ApiMethod, MailboxRequests } from '../client/mailbox-requests.js';
import { methodScopes } from '../method-scopes.js';

/** A change after which mail leaves by itself, as a request; `path` is relative to `users/me/settings/`. */
export interface OutboundSetting {
  verb: 'POST' | 'PUT';
  path: string;
  body: unknown;
}

interface OutboundMethod {
  write: ApiMethod;
  read: ApiMethod;
}

const methods = new Map<string, OutboundMethod>([
  [
    'PUT vacation',
    {
      write: { name: 'settings.updateVacation', scopes: methodScopes.changeSettings },
      read: { name: 'settings.getVacation', scopes: methodScopes.readSettings },
    },
  ],
  [
    'PUT autoForwarding',
    {
      write: { name: 'settings.updateAutoForwarding', scopes: methodScopes.shareSettings },
      read: { name: 'settings.getAutoForwarding', scopes: methodScopes.readSettings },
    },
  ],
  [
    'POST filters',
    {
      write: { name: 'settings.filters.create', scopes: methodScopes.changeFilters },
      read: { name: 'settings.filters.list', scopes: methodScopes.readFilters },
    },
  ],
]);

const anything = z.looseObject({});
const filterList = z.looseObject({ filter: z.array(anything).default([]) });

/**
 * Sets what lets mail leave by itself, and carries it to its end once it has begun. After a failure that may have come
 * too late the setting is read back.
 * @throws EvergrantError `UNKNOWN_ERROR` with the reason `outcomeUnknown` where it cannot be; else as `Mailbox` does
 */
export async function applySetting(requests: MailboxRequests, setting: OutboundSetting): Promise<void> {
  const { verb, path, body } = setting;
  const unaborted = requests.withoutSignal();
  const { write } = methodOf(setting);
  try {
    if (verb === 'PUT') await unaborted.change(anything, { verb, path: `settings/${path}`, body }, write);
    else await unaborted.postIdempotent(anything, `settings/${path}`, body, write);
  } catch (failure) {
    if (!mayHaveBeenSet(failure, verb)) throw failure;
    if (!(await readBack(unaborted, setting, failure))) throw failure;
  }
}

/** Whether the mailbox has it so. @throws EvergrantError as `Mailbox` does */
export async function isSetSo(requests: MailboxRequests, setting: OutboundSetting): Promise<boolean> {
  const { read } = methodOf(setting);
  if (setting.path !== 'filters')
    return holds(await requests.get(anything, `settings/${setting.path}`, read), setting.body);
  const { filter } = await requests.get(filterList, 'settings/filters', read);
  return filter.some((each) => holds(each, setting.body));
}

async function readBack(
  requests: MailboxRequests,
  setting: OutboundSetting,
  failure: unknown,
): Promise<boolean> {
  try {
    return await isSetSo(requests, setting);
  } catch {
    throw new EvergrantError('UNKNOWN_ERROR', {
      reason: 'outcomeUnknown',
      message:
        "It is unknown whether it was set: Gmail's answer was lost, and the setting could not be read. Read it first",
      cause: failure,
    });
  }
}

/** Of a filter that an attempt before has made, Gmail refuses the same again. */
function mayHaveBeenSet(failure: unknown, verb: 'POST' | 'PUT'): boolean {
  if (!(failure instanceof EvergrantError)) return false;
  const { code } = failure;
  return (
    code === 'NETWORK_ERROR' ||
    code === 'SERVICE_UNAVAILABLE' ||
    (verb === 'POST' && code === 'VALIDATION_FAILED')
  );
}

/** Gmail adds fields of its own, and may leave out what is off or empty, as JSON of Protocol Buffers does. */
function holds(found: Record<string, unknown>, wanted: unknown): boolean {
  return Object.entries(wanted as object).every(([name, value]) => {
    const isLeftOut = found[name] === undefined && (value === false || value === '');
    return isLeftOut || isDeepStrictEqual(found[name], value);
  });
}

function methodOf({ verb, path }: OutboundSetting): OutboundMethod {
  const method = methods.get(`${verb} ${path}`);
  if (method === undefined) throw new TypeError(`${verb} ${path} is no setting that lets mail leave`);
  return method;
}
