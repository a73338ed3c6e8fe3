export { GmailMcpModule } from './gmail-mcp.module.js';
export { AttachmentUpload, AttachmentUploadPiece } from './uploads/attachment-upload.entity.js';
export { MailboxWatchRow } from './watches/mailbox-watch.entity.js';
export { WatchOptions } from './watches/watch-options.js';
export { ListServersOptions } from './sending/list-servers.js';
