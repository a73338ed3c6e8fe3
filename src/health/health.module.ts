import { Module, type DynamicModule, type Type } from '@nestjs/common';
import { TerminusModule } from '@nestjs/terminus';
import { AbsentClientsIndicator, AbsentClientsReport } from './absent-clients.indicator.js';
import { DatabaseIndicator } from './database.indicator.js';
import { HealthController } from './health.controller.js';
import { LivenessController } from './liveness.controller.js';
import { OAuthServiceIndicator } from './oauth-service.indicator.js';
import { StatelessHealthController } from './stateless-health.controller.js';

/** Probes for Kubernetes, on every process. */
@Module({})
export class HealthModule {
  /** @param absentClients is exported by a global module */
  static withDatabase(absentClients: Type<AbsentClientsReport>): DynamicModule {
    return {
      module: HealthModule,
      imports: [TerminusModule.forRoot({ logger: false })],
      controllers: [HealthController, LivenessController],
      providers: [
        { provide: AbsentClientsReport, useExisting: absentClients },
        AbsentClientsIndicator,
        DatabaseIndicator,
        OAuthServiceIndicator,
      ],
    };
  }

  static withoutDatabase(): DynamicModule {
    return { module: HealthModule, controllers: [LivenessController, StatelessHealthController] };
  }
}
