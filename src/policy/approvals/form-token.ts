import { formToken as formTokenOf, isFormToken as isFormTokenOf } from '../../pages/index.js';

/** What a form shows of an approval. */
interface ShownApproval {
  id: string;
  contentDigest: string;
}

/** Shows that a form was given to this session, for this content. */
export function formToken(sessionSecret: string, shown: ShownApproval): string {
  return formTokenOf(sessionSecret, wordsOf(shown));
}

export function isFormToken(given: string, sessionSecret: string, shown: ShownApproval): boolean {
  return isFormTokenOf(given, sessionSecret, wordsOf(shown));
}

function wordsOf({ id, contentDigest }: ShownApproval): string {
  return `approval ${id} ${contentDigest}`;
}
