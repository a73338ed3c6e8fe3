import { Injectable, Logger } from '@nestjs/common';
import { Clock, SingleFlight } from '../../resilience/index.js';
import { timeBudget } from '../time-budget.js';
import { classifyHello, type Hello } from './classify-hello.js';
import { HelloMac, newChallenge } from './hello-mac.js';
import { OAuthServiceClientOptions } from './oauth-service-client-options.js';
import { OAuthServiceClient } from './oauth-service-client.js';
import { serviceFailure, type ServiceFailure } from './service-failure.js';

/** A proof holds so long, unless a connection ends or an answer is not our service's. */
const rememberedMs = 60_000;

const tooLate = serviceFailure('deadline_exceeded', { provablyNotSent: true, serviceFailed: 'for-good' });

/**
 * Has the OAuth service prove that it knows the shared token before it is told a secret. A program that passes the
 * hello on to our service is not told apart from it: that is for TLS to see.
 */
@Injectable()
export class ServiceProof {
  private readonly logger = new Logger(ServiceProof.name);
  private readonly mac: HelloMac;
  private readonly hellos = new SingleFlight<Hello>();
  private provenUntilMs = -Infinity;
  private timesForgotten = 0;
  private loggedVariable: string | null = null;

  constructor(
    private readonly client: OAuthServiceClient,
    options: OAuthServiceClientOptions,
    private readonly clock: Clock,
  ) {
    this.mac = new HelloMac(options.token);
    // What listens on the port may have changed with it.
    client.onDisconnected(() => this.forget());
  }

  /** What is wrong with the OAuth service, which then must be told nothing; null once it has proved to be ours. */
  async lacking(deadline: AbortSignal): Promise<ServiceFailure | null> {
    if (this.clock.monotonicMs() < this.provenUntilMs) return null;
    const hello = await unlessAborted(this.ask(), deadline);
    if (hello === null) return tooLate;
    return hello.status === 'proven' ? null : hello.failure;
  }

  /** Asks anew, whatever is remembered; those who ask together share one hello. Never rejects. */
  ask(): Promise<Hello> {
    return this.hellos.run('hello', () => this.hello());
  }

  forget(): void {
    this.provenUntilMs = -Infinity;
    this.timesForgotten += 1;
  }

  private async hello(): Promise<Hello> {
    const { timesForgotten } = this;
    const challenge = newChallenge();
    const answer = await this.client.send(
      { method: 'GET', url: '/hello' },
      { authorization: this.mac.authorization(challenge) },
      AbortSignal.timeout(timeBudget.serviceHelloMs),
    );
    const hello = classifyHello(answer, (proof) => this.mac.isProof(proof, challenge));
    if (hello.status === 'unproven') this.forget();
    else if (timesForgotten === this.timesForgotten)
      this.provenUntilMs = this.clock.monotonicMs() + rememberedMs;
    this.log(hello);
    return hello;
  }

  /** One line for each change: a hello goes out with every scrape. */
  private log(hello: Hello): void {
    const variable = hello.status === 'proven' ? null : hello.variable;
    // A service that is down says nothing of the variable.
    if (hello.status === 'unproven' && variable === null) return;
    if (variable !== null && variable !== this.loggedVariable && hello.status === 'unproven') {
      const { reason } = hello.failure;
      this.logger.error({ msg: `${variable}: ${whatIsWrong[variable]}`, variable, reason });
    }
    this.loggedVariable = variable;
  }
}

const whatIsWrong = {
  OAUTH_SERVICE_URL: 'what answers there is not our OAuth service, so it is told no secret',
  OAUTH_SERVICE_TOKEN: 'the OAuth service has another one, so it is told no secret',
} as const;

/** Null when the signal aborts first; the work goes on for others. */
function unlessAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T | null> {
  return new Promise((resolve, reject) => {
    const onAbort = (): void => resolve(null);
    if (signal.aborted) onAbort();
    signal.addEventListener('abort', onAbort, { once: true });
    void work.then(resolve, reject).finally(() => signal.removeEventListener('abort', onAbort));
  });
}
