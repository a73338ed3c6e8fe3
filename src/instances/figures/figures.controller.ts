import { Controller, Get, Query, UseGuards } from '@nestjs/common';
import { RefreshFigures } from '../../credentials/index.js';
import { DatabaseClock } from '../../database/index.js';
import { EvergrantError } from '../../errors/index.js';
import { ApiKeyGuard, Principal, RequireRight, type ApiPrincipal } from '../../identity/index.js';
import { Answers, Fails, Summary } from '../../openapi/index.js';
import { figuresInput, figuresView, type FiguresInput, type FiguresView } from './figures-view.js';
import { bucketStarts, figureWindows, keyFigures } from './key-figures.js';
import { PresentFigures } from './present-figures.js';

/** Figures for frontends, which need no Prometheus for them. */
@Controller('api/figures')
@UseGuards(ApiKeyGuard)
export class FiguresController {
  constructor(
    private readonly figures: RefreshFigures,
    private readonly present: PresentFigures,
    private readonly clock: DatabaseClock,
  ) {}

  @Get()
  @RequireRight('instances:read')
  @Summary(
    'Tell the key figures',
    'Refresh success, availability of the OAuth service, use of the direct path, and sign-ins that were asked for, over the last 24 hours or 30 days, from the history of the grants; and how it is at present.',
  )
  @Answers({ 200: figuresView })
  @Fails('FORBIDDEN')
  async tell(
    @Principal() { operator, tenantId }: ApiPrincipal,
    @Query({ schema: figuresInput }) { window, scope }: FiguresInput,
  ): Promise<FiguresView> {
    if (scope === 'deployment' && !operator)
      throw new EvergrantError('FORBIDDEN', {
        message: "Only the operator sees the whole deployment's figures",
      });
    const concerned = scope === 'deployment' ? null : tenantId;
    const nowMs = await this.clock.nowMs();
    const starts = bucketStarts(window, nowMs);
    const from = starts[0] ?? new Date(nowMs);
    const { unit, bucketSeconds } = figureWindows[window];
    const [counted, now] = await Promise.all([
      this.figures.count(concerned, unit, from),
      this.present.of(concerned),
    ]);
    return { window, scope, from, to: new Date(nowMs), bucketSeconds, ...keyFigures(starts, counted), now };
  }
}
