import { Module, type DynamicModule } from '@nestjs/common';
import { TerminusModule } from '@nestjs/terminus';
import { DatabaseIndicator } from './database.indicator.js';
import { HealthController } from './health.controller.js';
import { LivenessController } from './liveness.controller.js';
import { OAuthServiceIndicator } from './oauth-service.indicator.js';
import { StatelessHealthController } from './stateless-health.controller.js';

/** Probes for Kubernetes, on every process. */
@Module({})
export class HealthModule {
  static withDatabase(): DynamicModule {
    return {
      module: HealthModule,
      imports: [TerminusModule.forRoot({ logger: false })],
      controllers: [HealthController, LivenessController],
      providers: [DatabaseIndicator, OAuthServiceIndicator],
    };
  }

  static withoutDatabase(): DynamicModule {
    return { module: HealthModule, controllers: [LivenessController, StatelessHealthController] };
  }
}
