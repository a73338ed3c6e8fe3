import { Body, Controller, HttpCode, Logger, Post } from '@nestjs/common';
import { AccessFor, Answers, Fails, Summary } from '../../openapi/index.js';
import { StoredWatches } from '../watches/stored-watches.js';
import { WatchMetrics } from '../watches/watch-metrics.js';
import { notificationIn } from './notification.js';
import { pubsubPath } from './pubsub-options.js';

/** Takes Gmail's notifications. Whose token comes with them is checked before the body is read. */
@Controller(pubsubPath.slice(1))
@AccessFor('open')
export class PubsubController {
  private readonly logger = new Logger(PubsubController.name);

  constructor(
    private readonly watches: StoredWatches,
    private readonly metrics: WatchMetrics,
  ) {}

  /**
   * The answer is the same whether the mailbox is watched or not, and comes when its next look is stored. What can never
   * be understood is taken as well: Pub/Sub would bring it again and again.
   */
  @Post()
  @HttpCode(204)
  @Summary(
    "Take one of Gmail's notifications",
    'For the push subscription of Pub/Sub to the topic `GMAIL_PUBSUB_TOPIC` alone: the bearer token is the one that ' +
      'Google signs for `GMAIL_PUBSUB_SERVICE_ACCOUNT`, with this URL as its audience. A notification has the mailbox ' +
      'that it names looked at again, and no more is taken from it.',
  )
  @Answers({ 204: 'It is stored, or says nothing new.' })
  @Fails('UNAUTHENTICATED', 'NOT_FOUND', 'VALIDATION_FAILED', 'PAYLOAD_TOO_LARGE', 'SERVICE_UNAVAILABLE')
  async receive(@Body() body: unknown): Promise<void> {
    const notification = notificationIn(body);
    if (notification === null) {
      this.metrics.notified('malformed');
      this.logger.warn({ msg: 'A notification of Gmail was none' });
      return;
    }
    const news = await this.watches.lookAgain(notification.emailAddress, notification.historyId);
    this.metrics.notified(news > 0 ? 'news' : 'known');
  }
}
