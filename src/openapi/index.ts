export { AccessFor, type Access } from './access.decorator.js';
export {
  Answers,
  routeAnswers,
  type MediaAnswer,
  type RouteAnswer,
  type RouteAnswers,
} from './answers.decorator.js';
export { Fails, routeFailures } from './fails.decorator.js';
export { OpenApiModule } from './openapi.module.js';
export { pageInput, pageQuery, pageView, viewPage } from './paged-list.js';
export { routeSummary, Summary, type RouteSummary } from './summary.decorator.js';
