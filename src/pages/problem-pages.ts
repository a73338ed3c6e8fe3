import { html, name, type Page } from './page.js';

/** Says why a page of a consent cannot go on; a link is not used up by any of them. */
function problemPage(title: string, content: Page['content']): Page {
  return { title, content, formTargets: null };
}

/** The cookie of the flow would be kept for another name than the one that Google sends the browser back to. */
export function otherAddressPage(ownUrl: string): Page {
  return problemPage(
    'Open this page at its own address',
    html`<p>
        You opened it under another address than the one that Google returns to, where your browser would not
        be recognised.
      </p>
      <p><a href="${ownUrl}">Open it at ${name(new URL(ownUrl).host)}</a></p>`,
  );
}

export const foreignFormPage = problemPage(
  'This did not come from our page',
  html`<p>
    Nothing was begun: the request was made by another site, or your browser does not say which page made it.
    Open your link again and use the button there.
  </p>`,
);

export const cookiesMissingPage = problemPage(
  'Your browser keeps no cookies here',
  html`<p>
    Connecting a mailbox needs one cookie, which shows that it is the same browser that comes back from
    Google. Allow cookies for this site, open your link again and use the button there. Your link was not used
    up.
  </p>`,
);

export const unavailablePage = problemPage(
  'Not available just now',
  html`<p>
    The server cannot answer at the moment. Nothing was lost: please reload this page in a little while.
  </p>`,
);

export const failedPage = problemPage(
  'Something went wrong',
  html`<p>
    The server could not do this, and has recorded why. Open your link again; if that does not help, tell the
    people who run the server.
  </p>`,
);
