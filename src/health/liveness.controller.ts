import { Controller, Get } from '@nestjs/common';
import { AccessFor, Answers, Summary } from '../openapi/index.js';
import { probeView } from './health-view.js';

@Controller('health')
@AccessFor('open')
export class LivenessController {
  /** The process answers. */
  @Get('live')
  @Summary('Ask whether the process lives', 'For liveness probes: 200 while the process answers at all.')
  @Answers({ 200: probeView })
  live(): { status: 'ok' } {
    return { status: 'ok' };
  }
}
