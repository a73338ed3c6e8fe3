export { GmailMcpModule } from './gmail-mcp.module.js';
export { AttachmentUpload, AttachmentUploadPiece } from './uploads/attachment-upload.entity.js';
export { ListServersOptions } from './sending/list-servers.js';
