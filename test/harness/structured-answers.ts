export { structureUrl, unfenced } from '../../src/gmail-mcp/endpoint/structured-answers.fixture.js';
