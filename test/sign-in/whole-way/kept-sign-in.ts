import { randomUUID } from 'node:crypto';

interface KeptTokens {
  access_token: string;
  refresh_token?: string | undefined;
  token_type: string;
}

/** What a client keeps of a sign-in, in the form that the OAuth clients of all three libraries ask their host for. */
export class KeptSignIn {
  readonly redirectUrl = 'http://localhost:54321/callback';
  readonly clientMetadata = {
    client_name: 'Whole way',
    redirect_uris: [this.redirectUrl],
    grant_types: ['authorization_code', 'refresh_token'],
    response_types: ['code'],
    token_endpoint_auth_method: 'none',
  };
  /** Where the person's browser is to go. */
  asked: URL | null = null;
  /** All that were issued since the person last disconnected, newest last. */
  issued: KeptTokens[] = [];
  private discovered: unknown;
  private client: { client_id: string } | undefined;
  private verifier = '';
  private lastState = '';

  /** What a client does when its user disconnects: its registration stays. */
  disconnect(): void {
    this.issued = [];
  }

  state(): string {
    this.lastState = randomUUID();
    return this.lastState;
  }

  storedState(): string {
    return this.lastState;
  }

  clientInformation(): { client_id: string } | undefined {
    return this.client;
  }

  isClientInformationDynamicallyRegistered(): boolean {
    return true;
  }

  saveClientInformation(client: { client_id: string }): void {
    this.client = client;
  }

  tokens(): KeptTokens | undefined {
    return this.issued.at(-1);
  }

  saveTokens(tokens: KeptTokens): void {
    this.issued.push(tokens);
  }

  saveDiscoveryState(discovered: unknown): void {
    this.discovered = discovered;
  }

  /** As the library left it. */
  discoveryState(): never {
    return this.discovered as never;
  }

  redirectToAuthorization(url: URL): void {
    this.asked = url;
  }

  saveCodeVerifier(verifier: string): void {
    this.verifier = verifier;
  }

  codeVerifier(): string {
    return this.verifier;
  }
}
