import { Module } from '@nestjs/common';
import { OpenApiController } from './openapi.controller.js';

/** Serves the OpenAPI document; what its decorators tell is read by `npm run openapi` and by nothing else. */
@Module({ controllers: [OpenApiController] })
export class OpenApiModule {}
