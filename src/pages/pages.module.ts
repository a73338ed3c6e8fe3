import { Module, type DynamicModule } from '@nestjs/common';
import { PagesOptions } from './pages-options.js';
import { PostedForms } from './posted-forms.js';

/** Pages of ours that people open in a browser: their layout, their headers, and forms that only they may post. */
@Module({})
export class PagesModule {
  static forRoot(options: PagesOptions): DynamicModule {
    return {
      module: PagesModule,
      global: true,
      providers: [{ provide: PagesOptions, useValue: options }, PostedForms],
      exports: [PagesOptions, PostedForms],
    };
  }
}
