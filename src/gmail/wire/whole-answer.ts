import type { Dispatcher } from 'undici';
import type { WholeAnswer } from './read-answer.js';

/**
 * Sends a request, and waits for the last byte of its answer. With undici's `request` each answer becomes a stream
 * first, which costs as much as the request itself.
 * @throws whatever the connection fails with; the signal's reason when that aborts: what had no connection yet is not sent
 */
export function wholeAnswer(
  agent: Dispatcher,
  request: Dispatcher.DispatchOptions,
  signal: AbortSignal,
): Promise<WholeAnswer> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) {
      reject(signal.reason as Error);
      return;
    }
    agent.dispatch(request, new AnswerInMemory(signal, resolve, reject));
  });
}

class AnswerInMemory implements Dispatcher.DispatchHandler {
  private readonly chunks: Buffer[] = [];
  private statusCode = 0;
  private headers: WholeAnswer['headers'] = {};
  private controller: Dispatcher.DispatchController | undefined;

  constructor(
    private readonly signal: AbortSignal,
    private readonly resolve: (answer: WholeAnswer) => void,
    private readonly reject: (failure: Error) => void,
  ) {
    signal.addEventListener('abort', this.onAbort);
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.controller = controller;
    if (this.signal.aborted) controller.abort(this.signal.reason as Error);
  }

  /** Also of interim answers (RFC 9110, section 15.2), which the last one follows. */
  onResponseStart(
    _controller: Dispatcher.DispatchController,
    statusCode: number,
    headers: WholeAnswer['headers'],
  ): void {
    this.statusCode = statusCode;
    this.headers = headers;
  }

  onResponseData(_controller: Dispatcher.DispatchController, chunk: Buffer): void {
    this.chunks.push(chunk);
  }

  onResponseEnd(): void {
    this.signal.removeEventListener('abort', this.onAbort);
    const { statusCode, headers } = this;
    this.resolve({ statusCode, headers, bytes: Buffer.concat(this.chunks) });
  }

  onResponseError(_controller: Dispatcher.DispatchController, failure: Error): void {
    this.signal.removeEventListener('abort', this.onAbort);
    this.reject(failure);
  }

  private readonly onAbort = (): void => {
    const reason = this.signal.reason as Error;
    this.reject(reason);
    this.controller?.abort(reason);
  };
}
