import { Inject, Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { PagesOptions } from './pages-options.js';
import { isOtherLoopbackName } from './loopback-names.js';
import type { Page } from './page.js';
import { postingPage, type PostingPage } from './posting-page.js';
import { foreignFormPage, otherAddressPage } from './problem-pages.js';

/** Takes forms from our own pages only, so that no other site begins a consent (cross-site request forgery). */
@Injectable()
export class PostedForms {
  private readonly publicUrl: URL;

  constructor(@Inject(PagesOptions) private readonly options: PagesOptions) {
    this.publicUrl = new URL(options.publicUrl);
  }

  /** Where our pages are, as people read it. */
  get host(): string {
    return this.publicUrl.host;
  }

  /** @param path of a page of ours */
  urlOf(path: string): string {
    return this.options.publicUrl + path;
  }

  /** @returns null, or what to tell the person instead of a form that could not be posted from this address */
  unusable({ hostname }: FastifyRequest, path: string): Page | null {
    const isElsewhere = isOtherLoopbackName(hostname, this.publicUrl.hostname);
    return isElsewhere ? otherAddressPage(this.options.publicUrl + path) : null;
  }

  /** @returns null for a form of our own, else what to tell the person; `path` is where the form is */
  refusal({ headers }: FastifyRequest, path: string): Page | null {
    const pages = {
      own: null,
      'own-at-another-address': otherAddressPage(this.options.publicUrl + path),
      foreign: foreignFormPage,
    } satisfies Record<PostingPage, Page | null>;
    return pages[postingPage(headers, this.publicUrl.origin)];
  }
}
