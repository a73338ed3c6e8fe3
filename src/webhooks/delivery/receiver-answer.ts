import type { NetworkFailureKind } from '../../resilience/index.js';

/** What came of asking a receiver; nothing of what it said but its status and how long to wait. */
export type ReceiverAnswer =
  | { status: 'answered'; httpStatus: number; retryAfterSeconds: number | null }
  /** It was not asked. */
  | { status: 'not_asked'; failure: 'not_public' | 'behind_proxy' | 'secret_unreadable' }
  | { status: 'failed'; kind: NetworkFailureKind };

/** Why an attempt did not deliver, as the log keeps it. */
export type DeliveryFailure =
  | 'redirected'
  | 'refused'
  | 'gone'
  | 'receiver_error'
  | 'unexpected_status'
  | 'not_public'
  | 'behind_proxy'
  | 'secret_unreadable'
  | NetworkFailureKind;

/** What an answer means for the delivery. */
export type Judgement =
  | { do: 'deliver' }
  | { do: 'retry'; failure: DeliveryFailure; retryAfterSeconds: number | null }
  /** The receiver wants to hear nothing any more (Standard Webhooks: 410). */
  | { do: 'disable'; failure: 'gone' };

/** Any 2xx delivers; a redirect is not followed, and what it leads to is not asked. */
export function judgementOf(answer: ReceiverAnswer): Judgement {
  switch (answer.status) {
    case 'not_asked':
      return { do: 'retry', failure: answer.failure, retryAfterSeconds: null };
    case 'failed':
      return { do: 'retry', failure: answer.kind, retryAfterSeconds: null };
    case 'answered':
      return judgementOfStatus(answer.httpStatus, answer.retryAfterSeconds);
  }
}

function judgementOfStatus(httpStatus: number, retryAfterSeconds: number | null): Judgement {
  if (httpStatus >= 200 && httpStatus < 300) return { do: 'deliver' };
  if (httpStatus === 410) return { do: 'disable', failure: 'gone' };
  return { do: 'retry', failure: failureOfStatus(httpStatus), retryAfterSeconds };
}

function failureOfStatus(httpStatus: number): DeliveryFailure {
  if (httpStatus >= 500) return 'receiver_error';
  if (httpStatus >= 400) return 'refused';
  return httpStatus >= 300 ? 'redirected' : 'unexpected_status';
}
