import { HttpService } from '@nestjs/axios';
import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import type { AxiosRequestConfig } from 'axios';
import { largestBodyBytes, type HttpAnswer } from '../http/http-answer.js';
import { unanswered } from '../http/unanswered.js';
import { connectLimitedAgents } from './connect-limited-agents.js';
import { OAuthServiceClientOptions } from './oauth-service-client-options.js';
import { serviceFailure, type ServiceFailure } from './service-failure.js';

/** HTTP to the OAuth service. What comes back is not judged here; redirects and proxies are not followed. */
@Injectable()
export class OAuthServiceClient implements OnApplicationShutdown {
  private readonly agents = connectLimitedAgents();

  constructor(
    private readonly http: HttpService,
    private readonly options: OAuthServiceClientOptions,
  ) {}

  post(
    path: string,
    data: object,
    headers: Record<string, string>,
    deadline: AbortSignal,
  ): Promise<HttpAnswer | ServiceFailure> {
    return this.send({ method: 'POST', url: path, data }, headers, deadline);
  }

  get(path: string, deadline: AbortSignal): Promise<HttpAnswer | ServiceFailure> {
    return this.send({ method: 'GET', url: path }, {}, deadline);
  }

  onApplicationShutdown(): void {
    this.agents.httpAgent.destroy();
    this.agents.httpsAgent.destroy();
  }

  /** Never throws for want of an answer. */
  private async send(
    request: AxiosRequestConfig,
    headers: Record<string, string>,
    signal: AbortSignal,
  ): Promise<HttpAnswer | ServiceFailure> {
    try {
      const answer = await this.http.axiosRef.request<string>({
        ...request,
        ...this.agents,
        baseURL: this.options.url,
        headers: { ...headers, authorization: `Bearer ${this.options.token}` },
        signal,
        maxRedirects: 0,
        maxContentLength: largestBodyBytes,
        proxy: false,
        responseType: 'text',
        transformResponse: (body: string) => body,
        validateStatus: () => true,
      });
      return {
        status: 'answered',
        httpStatus: answer.status,
        headers: plainHeaders(answer.headers),
        body: answer.data,
      };
    } catch (error) {
      return signal.aborted ? deadlineExceeded : failureOf(error);
    }
  }
}

const deadlineExceeded = serviceFailure('deadline_exceeded', {
  provablyNotSent: false,
  serviceFailed: 'for-now',
});

function failureOf(error: unknown): ServiceFailure {
  const { errorCode, reason, provablyNotSent } = unanswered(error);
  return serviceFailure(reason, {
    errorCode: errorCode === 'NETWORK_ERROR' ? errorCode : 'SERVICE_UNAVAILABLE',
    provablyNotSent,
    serviceFailed: 'for-now',
  });
}

function plainHeaders(headers: object): Headers {
  return new Headers(Object.entries(headers).map(([name, value]): [string, string] => [name, String(value)]));
}
