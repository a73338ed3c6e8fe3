import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { Controller, Get, Header } from '@nestjs/common';
import { AccessFor } from './access.decorator.js';
import { Answers } from './answers.decorator.js';
import { Summary } from './summary.decorator.js';

// The path is an import of package.json, for it is the same from the sources and from the build.
const document = readFileSync(createRequire(import.meta.url).resolve('#openapi.json'), 'utf8');

/** The contract of the REST API, as it is committed: nothing is generated while a process runs. */
@Controller('api/openapi.json')
@AccessFor('open')
export class OpenApiController {
  @Get()
  @Header('content-type', 'application/json; charset=utf-8')
  @Summary('Get this document', 'The contract of the REST API, as it is in the repository.')
  @Answers({ 200: { mediaType: 'application/json', description: 'An OpenAPI 3.1 document' } })
  document(): string {
    return document;
  }
}
