import { HttpService } from '@nestjs/axios';
import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { largestBodyBytes, type HttpAnswer } from '../http/http-answer.js';
import { unanswered } from '../http/unanswered.js';
import { connectLimitedAgents } from './connect-limited-agents.js';
import { OAuthServiceClientOptions } from './oauth-service-client-options.js';
import { serviceFailure, type ServiceFailure } from './service-failure.js';

export interface ServiceRequest {
  method: 'GET' | 'POST';
  /** Below `OAUTH_SERVICE_URL`. */
  url: string;
  data?: object;
}

/**
 * HTTP to what answers at `OAUTH_SERVICE_URL`, ours or not: it adds no secret of its own. What comes back is not judged
 * here; redirects and proxies are not followed.
 */
@Injectable()
export class OAuthServiceClient implements OnApplicationShutdown {
  private onClose: () => void = () => undefined;
  private readonly agents = connectLimitedAgents(() => this.onClose());

  constructor(
    private readonly http: HttpService,
    private readonly options: OAuthServiceClientOptions,
  ) {}

  /** Called whenever a connection has ended, an idle one too. */
  onDisconnected(listener: () => void): void {
    this.onClose = listener;
  }

  onApplicationShutdown(): void {
    this.agents.httpAgent.destroy();
    this.agents.httpsAgent.destroy();
  }

  /** Never throws for want of an answer. */
  async send(
    request: ServiceRequest,
    headers: Record<string, string>,
    signal: AbortSignal,
  ): Promise<HttpAnswer | ServiceFailure> {
    try {
      const answer = await this.http.axiosRef.request<string>({
        ...request,
        ...this.agents,
        baseURL: this.options.url,
        headers,
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
