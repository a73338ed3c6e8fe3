import { writeFileSync } from 'node:fs';
import { clientTypes, clientTypesFile, documentFile } from './client-types.js';
import { openApiText } from './document.js';

// `npm run openapi`: writes what docs and tests hold of the REST API anew.
const document = await openApiText();
writeFileSync(documentFile, document);
writeFileSync(clientTypesFile, await clientTypes(document));
