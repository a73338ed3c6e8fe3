import { EvergrantError } from '../../errors/index.js';
import { type ResultForm, resultForms } from '../tools/index.js';
import { showsStructureOnly } from './structure-clients.js';

/** The parameter of the endpoint's URL that says which form results have. */
const parameter = 'answers';
const clientInfo = 'io.modelcontextprotocol/clientInfo';

/**
 * The form of results that the URL asks for; null where it asks for none.
 * @throws EvergrantError `VALIDATION_FAILED` for one that there is not
 */
export function askedForm(query: unknown): ResultForm | null {
  const asked = (query as Record<string, unknown>)[parameter];
  if (asked === undefined) return null;
  const form = resultForms.find((each) => each === asked);
  if (form !== undefined) return form;
  throw new EvergrantError('VALIDATION_FAILED', {
    field: parameter,
    message: `The parameter "${parameter}" of the URL is not valid: ${resultForms.join(' or ')} expected`,
  });
}

/** The form in which the client's model sees results whole, by the name with which the client sends a request. */
export function formForClient(userAgent: string | undefined, body: unknown): ResultForm {
  const names = [userAgent?.replace(/\/.*/s, ''), clientNameIn(body)];
  return names.some((name) => name !== undefined && showsStructureOnly(name)) ? 'structure' : 'text';
}

/** Each request of revision 2026-07-28 names its client. */
function clientNameIn(body: unknown): string | undefined {
  const { params } = (body ?? {}) as { params?: { _meta?: Record<string, { name?: unknown } | undefined> } };
  const name = params?._meta?.[clientInfo]?.name;
  return typeof name === 'string' ? name : undefined;
}
