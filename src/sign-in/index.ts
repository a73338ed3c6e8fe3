export { ClientDocumentsOptions } from './registration/client-documents.js';
export { SignInModule } from './sign-in.module.js';
export { SignInOptions } from './sign-in-options.js';
export { SignInSeal } from './storage/sign-in-seal.js';
