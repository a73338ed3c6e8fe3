import sanitizeHtml, { type IOptions, type Tag } from 'sanitize-html';

/** What {@link sanitizedHtml} is given, as it goes to a thread. */
export interface ForeignHtml {
  html: string;
  /** Content-IDs of the pictures that go along with the quotation. */
  contentIds: readonly string[];
}

/** Marks, while it is read, an element that goes with all that is in it. */
const dropped = 'data-dropped';
const hiding = /display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|font-size\s*:\s*0(?![.\d]*[1-9])/i;
/** Nothing that a stylesheet could fetch, cover others with, or leave its place by. */
const plainValue = /^(?!.*(?:url|expression|image|var)\s*\()[\w\s#.,%()"'+-]{1,200}$/i;
const styles = [
  ...['color', 'background-color', 'font', 'font-family', 'font-size', 'font-style', 'font-weight'],
  ...['line-height', 'text-align', 'text-decoration', 'text-indent', 'vertical-align', 'white-space'],
  ...['margin', 'margin-top', 'margin-right', 'margin-bottom', 'margin-left'],
  ...['padding', 'padding-top', 'padding-right', 'padding-bottom', 'padding-left'],
  ...['border', 'border-top', 'border-right', 'border-bottom', 'border-left', 'border-collapse'],
  ...['border-color', 'border-style', 'border-width', 'border-radius', 'border-spacing'],
  ...['width', 'max-width', 'height', 'direction', 'list-style-type', 'word-break', 'overflow-wrap'],
];

/**
 * Foreign HTML as it may stand in a mail of ours: what shows text and its form. No scripts, forms, frames or
 * stylesheets, nothing that is fetched from elsewhere (pictures of the net leave their description), and no element that
 * the reader of the original did not see, so that nothing is sent on unseen. It closes what it opens and nothing else.
 */
export function sanitizedHtml({ html, contentIds }: ForeignHtml): string {
  const pictures = new Set(contentIds.map((id) => id.toLowerCase()));
  return sanitizeHtml(html, {
    ...options,
    transformTags: {
      '*': transformed,
      img: (_tagName: string, attribs: Record<string, string>): Tag => picture(attribs, pictures),
    },
    exclusiveFilter: ({ attribs }) => attribs[dropped] !== undefined,
  });
}

function transformed(tagName: string, attribs: Record<string, string>): Tag {
  if (isHidden(attribs)) return { tagName, attribs: { [dropped]: '' } };
  // A mail has no place that a relative link could be read from.
  const { href, ...others } = attribs;
  return { tagName, attribs: href === undefined || /^[a-z]+:/i.test(href.trim()) ? attribs : others };
}

const options = {
  allowedTags: [
    ...['a', 'abbr', 'address', 'article', 'b', 'bdi', 'bdo', 'big', 'blockquote', 'br', 'caption', 'center'],
    ...[
      'cite',
      'code',
      'col',
      'colgroup',
      'dd',
      'del',
      'dfn',
      'div',
      'dl',
      'dt',
      'em',
      'figcaption',
      'figure',
    ],
    ...['font', 'footer', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'header', 'hr', 'i', 'img', 'ins', 'kbd', 'li'],
    ...['main', 'mark', 'ol', 'p', 'pre', 'q', 's', 'samp', 'section', 'small', 'span', 'strike', 'strong'],
    ...['sub', 'sup', 'table', 'tbody', 'td', 'tfoot', 'th', 'thead', 'tr', 'tt', 'u', 'ul', 'var', 'wbr'],
  ],
  allowedAttributes: {
    '*': ['style', 'dir', 'lang', 'align', 'valign', 'bgcolor', 'title', dropped],
    a: ['href'],
    img: ['src', 'alt', 'width', 'height'],
    font: ['color', 'face', 'size'],
    table: ['width', 'border', 'cellpadding', 'cellspacing'],
    td: ['colspan', 'rowspan', 'width', 'height'],
    th: ['colspan', 'rowspan', 'width', 'height'],
    ol: ['start', 'type'],
  },
  allowedClasses: { blockquote: ['gmail_quote'], div: ['gmail_quote', 'gmail_attr', 'gmail_signature'] },
  allowedSchemes: ['http', 'https', 'mailto', 'tel'],
  allowedSchemesByTag: { img: ['cid'] },
  allowProtocolRelative: false,
  allowedStyles: { '*': Object.fromEntries(styles.map((name) => [name, [plainValue]])) },
  nonTextTags: [
    ...['script', 'style', 'textarea', 'option', 'noscript', 'title', 'template', 'svg', 'math'],
    ...['iframe', 'object', 'noembed', 'noframes', 'xmp', 'select', 'audio', 'video'],
  ],
  nestingLimit: 200,
} satisfies IOptions;

function isHidden({ style = '', hidden }: Record<string, string>): boolean {
  return hidden !== undefined || hiding.test(style);
}

/** One that goes along stays; of another its description does, as programs show it that fetch none. */
function picture(attribs: Record<string, string>, kept: ReadonlySet<string>): Tag {
  const { src = '', alt = '', ...others } = attribs;
  if (isHidden(attribs)) return { tagName: 'img', attribs };
  const contentId = /^cid:(.+)$/i.exec(src.trim())?.[1]?.toLowerCase();
  if (contentId !== undefined && kept.has(contentId))
    return { tagName: 'img', attribs: { ...others, src, alt } };
  const shown = alt.trim();
  return { tagName: 'span', attribs: {}, ...(shown !== '' && { text: `[${shown}]` }) };
}
