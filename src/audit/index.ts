export { changeEvent, type Actor, type ChangeName, type RequestSource } from './audit-event.js';
export { AuditModule } from './audit.module.js';
export { AuditTrail } from './audit-trail.js';
export { IssuedAccessTokens } from './issued-access-tokens.js';
export { sourceOf } from './request-source.js';
