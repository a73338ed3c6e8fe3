import { Controller, Get } from '@nestjs/common';

/** For a process that needs no database: if it is alive, it can serve. */
@Controller('health')
export class StatelessHealthController {
  @Get(['', 'ready'])
  ready(): { status: 'ok' } {
    return { status: 'ok' };
  }
}
