import { Inject, Injectable } from '@nestjs/common';
import { ClientDocuments } from '../registration/client-documents.js';
import { SignInOptions } from '../sign-in-options.js';
import { SignInSeal } from '../storage/sign-in-seal.js';
import { issuerConfiguration, type FixedConfiguration } from './issuer-configuration.js';
import { renderAuthorizeError } from './authorize-error.js';
import { IssuerStores } from './issuer-stores.js';
import type { AdapterStores } from './sign-in-adapter.js';

interface PreparedParts {
  publicUrl: string;
  configuration: FixedConfiguration;
  stores: Omit<AdapterStores, 'isSuspended'>;
}

/** What an authorization server is made of, but for its keys. */
@Injectable()
export class IssuerParts {
  constructor(
    @Inject(SignInOptions) private readonly options: SignInOptions,
    private readonly seal: SignInSeal,
    private readonly documents: ClientDocuments,
    private readonly stores: IssuerStores,
  ) {}

  async prepare(): Promise<PreparedParts> {
    const { publicUrl } = this.options;
    const cookieKeys = [await this.seal.derive('cookies', publicUrl)];
    const configuration = issuerConfiguration({
      ...{ publicUrl, cookieKeys, documents: this.documents, renderError: renderAuthorizeError },
    });
    return { publicUrl, configuration, stores: this.stores };
  }
}
