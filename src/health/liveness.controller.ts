import { Controller, Get } from '@nestjs/common';

@Controller('health')
export class LivenessController {
  /** The process answers. */
  @Get('live')
  live(): { status: 'ok' } {
    return { status: 'ok' };
  }
}
