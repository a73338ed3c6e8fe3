export { GmailMcpModule, type GmailMcpModuleOptions } from './gmail-mcp.module.js';
