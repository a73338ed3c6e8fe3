/** Of a page's form that came from elsewhere, for the OpenAPI document. */
export const foreignFormAnswer = {
  mediaType: 'text/html',
  description: 'Posted by another page than ours',
} as const;

/** How the pages of a consent fail, for the OpenAPI document: in words for a person, not in JSON. */
export const pageFailures = {
  500: { mediaType: 'text/html', description: 'A page: something went wrong' },
  503: { mediaType: 'text/html', description: 'A page: the database cannot be reached, reload it shortly' },
} as const;
