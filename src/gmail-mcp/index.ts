export { GmailMcpModule } from './gmail-mcp.module.js';
