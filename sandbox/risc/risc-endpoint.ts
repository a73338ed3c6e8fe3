import type { FastifyInstance } from 'fastify';
import { riscConfigurationPath, riscIssuer } from './risc-configuration.js';

/** `GET /.well-known/risc-configuration`; its keys are those of the id_tokens, as at Google. */
export function riscEndpoint(app: FastifyInstance): void {
  app.get(riscConfigurationPath, (request) => ({
    issuer: riscIssuer,
    jwks_uri: `http://${request.headers.host ?? ''}/oauth2/v3/certs`,
    delivery_methods_supported: ['https://schemas.openid.net/secevent/risc/delivery-method/push'],
  }));
}
