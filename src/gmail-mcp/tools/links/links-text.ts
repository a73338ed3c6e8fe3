import { type Fence, field, type Line } from '../answers/fence.js';

interface ToldLinks {
  links: readonly {
    id: number;
    url: string;
    urlCut?: boolean | undefined;
    host: string | null;
    text: string | null;
  }[];
  totalLinks: number;
  nextLinkId?: number | undefined;
}

/** Links as text: the URL alone on its line, and what is clicked on the next, so that neither passes for the other. */
export function linksText({ links, totalLinks, nextLinkId }: ToldLinks, fence: Fence): Line[] {
  return [
    totalLinks === 0 && fence.own('no links'),
    ...links.flatMap(({ id, url, urlCut, host, text }) => [
      field(`Link ${id}${host === null ? '' : ` to ${host}`}`, url),
      urlCut === true && fence.own('the URL is too long to be given: this is its beginning'),
      field('Clicked text', text),
    ]),
    nextLinkId !== undefined && fence.own(`more of ${totalLinks} links with fromLinkId ${nextLinkId}`),
  ];
}
