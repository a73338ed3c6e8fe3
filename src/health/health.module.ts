import { Module, type DynamicModule } from '@nestjs/common';
import { TerminusModule } from '@nestjs/terminus';
import { HealthController } from './health.controller.js';
import { LivenessController } from './liveness.controller.js';
import { StatelessHealthController } from './stateless-health.controller.js';

/** Probes for Kubernetes, on every process. */
@Module({})
export class HealthModule {
  static withDatabase(): DynamicModule {
    return {
      module: HealthModule,
      imports: [TerminusModule.forRoot({ logger: false })],
      controllers: [HealthController, LivenessController],
    };
  }

  static withoutDatabase(): DynamicModule {
    return { module: HealthModule, controllers: [LivenessController, StatelessHealthController] };
  }
}
