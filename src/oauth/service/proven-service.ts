import { Injectable } from '@nestjs/common';
import type { HttpAnswer } from '../http/http-answer.js';
import { OAuthServiceClientOptions } from './oauth-service-client-options.js';
import { OAuthServiceClient, type ServiceRequest } from './oauth-service-client.js';
import type { ServiceFailure } from './service-failure.js';
import { ServiceProof } from './service-proof.js';

/** The only way by which secrets leave for the OAuth service: nothing goes out before it has proved to be ours. */
@Injectable()
export class ProvenService {
  constructor(
    private readonly client: OAuthServiceClient,
    private readonly options: OAuthServiceClientOptions,
    private readonly proof: ServiceProof,
  ) {}

  post(
    url: string,
    data: object,
    headers: Record<string, string>,
    deadline: AbortSignal,
  ): Promise<HttpAnswer | ServiceFailure> {
    return this.send({ method: 'POST', url, data }, headers, deadline);
  }

  get(url: string, deadline: AbortSignal): Promise<HttpAnswer | ServiceFailure> {
    return this.send({ method: 'GET', url }, {}, deadline);
  }

  /** After an answer that our service does not give, or none: it has to prove itself again. */
  doubt(): void {
    this.proof.forget();
  }

  private async send(
    request: ServiceRequest,
    headers: Record<string, string>,
    deadline: AbortSignal,
  ): Promise<HttpAnswer | ServiceFailure> {
    const lacking = await this.proof.lacking(deadline);
    if (lacking !== null) return lacking;
    const authorization = `Bearer ${this.options.token}`;
    return this.client.send(request, { ...headers, authorization }, deadline);
  }
}
