export { formTargets } from './form-targets.js';
export { html, name, renderedPage, type Markup, type Page } from './page.js';
export { PageErrorFilter } from './page-error.filter.js';
export { pageFailures } from './page-failures.js';
export { PagesModule } from './pages.module.js';
export { PagesOptions } from './pages-options.js';
export { PostedForms } from './posted-forms.js';
export { cookiesMissingPage, foreignFormPage } from './problem-pages.js';
export { showPage } from './show-page.js';
