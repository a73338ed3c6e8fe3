// Made from docs/openapi.json by `npm run openapi`.
export interface paths {
    "/api/approvals": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List approvals
         * @description What was held for a person to decide, newest first, without its content. `approved` tells nothing of whether it went out yet: that is `outcome`.
         */
        get: operations["approvalsList"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/approvals/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get an approval
         * @description With the exact content, and why a person has to decide.
         */
        get: operations["approvalsGet"];
        put?: never;
        /**
         * Approve or reject what is held
         * @description Once. What is approved is carried out at once by the server, whether or not its agent asks again. `CONFLICT` where it was decided, is over (`reason` tells) or has another content than the one named.
         */
        post: operations["approvalsDecide"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/attachments/{link}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Download an attachment
         * @description Under a link that the tool `get_attachment` gives, for ten minutes and without a key. The file comes as it is in the message, always to be saved; an answer that breaks off is not all of it.
         */
        get: operations["attachmentsDownload"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/audit": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Tell what was done, and by whom
         * @description The newest first. Filters narrow it together.
         */
        get: operations["auditList"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/audit/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Export the audit log
         * @description JSON lines, the oldest event first, with sequences, hashes and seals: `npm run audit:verify -- --file` checks them. The hash of the last one is the place to note.
         */
        get: operations["auditExport"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/connect-sessions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Open a connect session
         * @description A bearer token for a page in a browser, of an origin that `FRONTEND_ORIGINS` lists: for fifteen minutes, and no longer than the key or session that asks. It opens `GET /api/instances/{id}`, which answers it with `ConnectInstance`, and `POST /api/instances/{id}/start-oauth`, both for the instances named alone; all else answers it as it does a wrong key. Without `instanceIds` it is for every instance of the tenant, later ones too, which suits a frontend of the tenant’s own people and never a page of an end user; the right `instances:read` is needed as well.
         */
        post: operations["connectSessionsOpen"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Follow what changes
         * @description Server-sent events, each typed by its `event` (schemas `InstanceEvent`, `InstanceDeletedEvent`, `ResetEvent`; `data` is JSON). `Last-Event-ID` goes on where a stream ended. A comment comes every five seconds; the stream ends when the key or session does.
         */
        get: operations["eventsStream"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/figures": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Tell the key figures
         * @description Refresh success, availability of the OAuth service, use of the direct path, and sign-ins that were asked for, over the last 24 hours or 30 days, from the history of the grants; and how it is at present.
         */
        get: operations["figuresTell"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/instances": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List instances
         * @description A page in the order of creation, which later changes do not disturb. Filters narrow it together.
         */
        get: operations["instancesList"];
        put?: never;
        /**
         * Create an instance
         * @description An instance is one MCP endpoint for one mailbox. 201 with its `mcpToken`, shown once. A repeated `externalId` answers 200 with the instance that has it, unchanged and without a token.
         */
        post: operations["instancesCreate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/instances/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get an instance
         * @description What a frontend shows of it, and never a token. `oauthStatus` tells of the consent; whether a person has to sign in is `requiresReauth`, and why `reauthReason`. A connect session is answered with `ConnectInstance`, some of the same fields.
         */
        get: operations["instancesGet"];
        put?: never;
        post?: never;
        /**
         * Disconnect and delete an instance
         * @description Disconnects at once. When no other instance uses its grant, the tokens are destroyed, and a grant by consent is revoked at Google soon after. An adopted grant is not, unless `revoke=true` says so: the program that it came from may still use it. A grant of an account that is not known is never revoked.
         */
        delete: operations["instancesDelete"];
        options?: never;
        head?: never;
        /**
         * Change an instance
         * @description What is not named stays. The grant is left alone: fewer scopes count at once, more of them and another client from the next consent on.
         */
        patch: operations["instancesUpdate"];
        trace?: never;
    };
    "/api/instances/{id}/access-token": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get an access token
         * @description For programs that call Google themselves. Refreshed first where it has less life left than asked for. `source` tells where it came from; `stale: true` that a refresh was due and failed, while the token is still valid.
         */
        get: operations["accessTokenAccessToken"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/instances/{id}/credentials": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Adopt a refresh token obtained elsewhere
         * @description Proves the token by refreshing it once, under the client that comes with it or that of the instance, and keeps what that brings. What is wrong with the offered token says nothing of the mailbox, so `requiresReauth` stays as it was.
         */
        put: operations["instanceTokensAdopt"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/instances/{id}/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Tell what happened to an instance's grant
         * @description Consents, refreshes, verdicts and revocations, newest first, with fingerprints in place of tokens.
         */
        get: operations["historyList"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/instances/{id}/mcp-tokens": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the MCP tokens of an instance
         * @description Each with how it begins, never the token.
         */
        get: operations["mcpTokensList"];
        put?: never;
        /**
         * Create an MCP token
         * @description Another token for the same endpoint, so that one can be replaced without a gap: make the new one, move the clients over, delete the old one. It may be given fewer rights than the instance has.
         */
        post: operations["mcpTokensCreate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/instances/{id}/mcp-tokens/{tokenId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Delete an MCP token
         * @description From then on it is answered 401, in every process within a second.
         */
        delete: operations["mcpTokensDelete"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/instances/{id}/refresh": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Refresh the access token
         * @description Asks Google, whatever is held; with `rejectedToken` only if that one is still the newest. `stale: true` with an `errorCode` means: not refreshed, still valid.
         */
        post: operations["instanceTokensRefresh"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/instances/{id}/start-oauth": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Get a link for the mailbox's owner
         * @description A link to our own page, for the browser of the mailbox's owner. It is good for ten minutes; opening it spends nothing, its button begins the consent.
         */
        post: operations["instancesStartOAuth"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/openapi.json": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get this document
         * @description The contract of the REST API, as it is in the repository.
         */
        get: operations["openApiDocument"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/people": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List people
         * @description Who signed in with Google, through which MCP clients, with which mailboxes: a page in the order of their first sign-in.
         */
        get: operations["peopleList"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/people/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get a person
         * @description With the clients that may act for the person, and the mailboxes.
         */
        get: operations["peopleGet"];
        put?: never;
        post?: never;
        /**
         * End all that a person has here
         * @description Sessions in browsers, what clients were allowed, and their tokens end, in every process within a second. Whom `SIGN_IN_DOMAINS` or `SIGN_IN_EMAILS` still names may sign in again, as a new person.
         */
        delete: operations["peopleRemove"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/people/{id}/authorizations/{authorizationId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get what a person let a client do
         * @description Its scopes, and the mailboxes that it opens.
         */
        get: operations["personAuthorizationsGet"];
        put?: never;
        post?: never;
        /**
         * End what a person let a client do
         * @description Its tokens are answered 401 from then on, in every process within a second. The person may allow it again.
         */
        delete: operations["personAuthorizationsEnd"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/policy": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get the tenant's policy
         * @description What may leave its mailboxes, unless an instance says otherwise. Fields that are not there are as the defaults say.
         */
        get: operations["policyGet"];
        /**
         * Replace the tenant's policy
         * @description The whole of it; `{}` for the defaults. Needs the right `policy:write`, which no key has unless it was given it.
         */
        put: operations["policyReplace"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/session": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Tell who one is
         * @description The tenant and the rights of the console session that the cookie stands for.
         */
        get: operations["sessionGet"];
        put?: never;
        /**
         * Open a console session
         * @description Exchanges an API key, or the code of the one-time link that a first run prints, for a cookie of this host alone, which pages cannot read.
         */
        post: operations["sessionOpen"];
        /**
         * Close the console session
         * @description Ends it in every process, and takes the cookie away.
         */
        delete: operations["sessionClose"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/setup": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Tell how it is set up with Google
         * @description For the operator: what Google's console needs, and no secret.
         */
        get: operations["setupTell"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/setup/checks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Check how it is set up with Google
         * @description For the operator: by calls that grant nothing and change nothing. With `clientId` and `clientSecret` a pair is checked that is not configured; it is kept nowhere. Ten times a minute at most. What a connected mailbox tells is asked of one in the operator's tenant.
         */
        post: operations["setupCheck"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/tenants": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List tenants
         * @description For the operator: a page in the order of creation.
         */
        get: operations["tenantsList"];
        put?: never;
        /**
         * Create a tenant
         * @description For the operator. Its answer shows the tenant's first API key, this once.
         */
        post: operations["tenantsCreate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/tenants/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get a tenant
         * @description For the operator.
         */
        get: operations["tenantsGet"];
        put?: never;
        post?: never;
        /**
         * Delete a tenant and everything of it
         * @description For the operator. Without its data key no copy of its tokens can be read any more.
         */
        delete: operations["tenantsDelete"];
        options?: never;
        head?: never;
        /**
         * Change a tenant
         * @description For the operator. `suspended`: meanwhile, all that acts for it is refused within a second; its grants are kept alive. `policy`: what may leave its mailboxes, as a whole; null for the defaults.
         */
        patch: operations["tenantsUpdate"];
        trace?: never;
    };
    "/api/tenants/{id}/api-keys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the API keys of a tenant
         * @description Each with how it begins and what it may do, never the key.
         */
        get: operations["apiKeysList"];
        put?: never;
        /**
         * Create an API key
         * @description Shown once. It may have fewer rights than its tenant's first one, and ends by itself unless told otherwise.
         */
        post: operations["apiKeysCreate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/tenants/{id}/api-keys/{keyId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Delete an API key
         * @description From then on it is answered 401, in every process within a second.
         */
        delete: operations["apiKeysDelete"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/uploads/{link}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Upload a file to send along
         * @description Under a link that the tool `create_attachment_upload` gives, for an hour and without a key: the bytes of the file, all at once or in parts with `Content-Range: bytes first-last/size`. `308` says with `Range` how much is there (none without it), and to go on; an empty request with `Content-Range: bytes *\/size` asks for that.
         */
        put: operations["uploadsUpload"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/webhooks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List webhooks
         * @description A page in the order of their creation, without their secrets.
         */
        get: operations["webhooksList"];
        put?: never;
        /**
         * Create a webhook
         * @description Events are POSTed to it as Standard Webhooks: signed with its `secret`, which is shown this once, in order for each instance, at least once, and again for three days while its receiver does not answer 2xx. At most 20 of a tenant.
         */
        post: operations["webhooksCreate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/webhooks/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get a webhook
         * @description Without its secret.
         */
        get: operations["webhooksGet"];
        put?: never;
        post?: never;
        /**
         * Delete a webhook
         * @description At once, with its log and what waits for it.
         */
        delete: operations["webhooksDelete"];
        options?: never;
        head?: never;
        /**
         * Change a webhook
         * @description What is not named stays. Another `url` is told what waits, too.
         */
        patch: operations["webhooksUpdate"];
        trace?: never;
    };
    "/api/webhooks/{id}/deliveries": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the deliveries of a webhook
         * @description Newest first, for 14 days: what was told, how often it was tried, and with which result; nothing of what the receiver said but its status.
         */
        get: operations["deliveriesList"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/webhooks/{id}/deliveries/{deliveryId}/replay": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Replay a delivery
         * @description A new delivery of the same event, under the same `webhook-id`, by which its receiver knows the repetition. `CONFLICT` while the delivery has not ended.
         */
        post: operations["deliveriesReplay"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/webhooks/{id}/secrets": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Rotate the secret of a webhook
         * @description The new one is shown this once. Till `formerSecretUntil` the one before signs too: `webhook-signature` then holds both, separated by a space.
         */
        post: operations["webhooksRotate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/webhooks/{id}/test": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Test a webhook
         * @description Sends `webhook.test` at once, also to one that is switched off, and answers with what came of it: `status` is `delivered` or `given_up`, `lastStatus` what the receiver answered. It is tried once, for at most 15 seconds.
         */
        post: operations["deliveriesTest"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/approvals/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Open the page of an approval
         * @description For browsers: the exact content and two buttons, for the owner of the mailbox and for console sessions with the right `approvals:decide`; everyone else is asked to sign in, alike for an approval that is not there.
         */
        get: operations["approvalPageOpen"];
        put?: never;
        /**
         * Decide by the page of an approval
         * @description For browsers: its buttons. Once; the page then tells what was decided.
         */
        post: operations["approvalPageDecide"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/approvals/{id}/sign-in": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Sign in as the owner of a mailbox
         * @description For browsers: the button of the page of an approval. It leads to Google for the person’s identity alone, and back.
         */
        post: operations["ownerSignInBegin"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/approvals/{id}/sign-out": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Sign out as the owner of a mailbox
         * @description For browsers: ends the session and takes its cookie away.
         */
        post: operations["ownerSignInEnd"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/connect/{ticket}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Open a connect link
         * @description For browsers: the page that says which instance of whom asks for what, and which account is expected. Spends nothing.
         */
        get: operations["connectOpen"];
        put?: never;
        /**
         * Begin the consent of a connect link
         * @description For browsers: the button of the connect page. Once; it sets the cookie of the flow and leads to Google.
         */
        post: operations["connectBegin"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/gmail/pubsub": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Take one of Gmail's notifications
         * @description For the push subscription of Pub/Sub to the topic `GMAIL_PUBSUB_TOPIC` alone: the bearer token is the one that Google signs for `GMAIL_PUBSUB_SERVICE_ACCOUNT`, with this URL as its audience. A notification has the mailbox that it names looked at again, and no more is taken from it.
         */
        post: operations["pubsubReceive"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/health": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Ask how the process and what it stands on are
         * @description 200 `ok`, or `degraded` when only the OAuth service or a circuit breaker is down; 503 without the database.
         */
        get: operations["healthOverall"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/health/live": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Ask whether the process lives
         * @description For liveness probes: 200 while the process answers at all.
         */
        get: operations["livenessLive"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/health/ready": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Ask whether the process can serve
         * @description For readiness probes: 200 while the database answers, also without the OAuth service, since the direct path to Google serves.
         */
        get: operations["healthReady"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/mailboxes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Open the page of one’s mailboxes
         * @description For browsers: what the person who is signed in has connected, which MCP clients may use it, and the buttons that change that; else how to sign in.
         */
        get: operations["mailboxesOpen"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/mailboxes/add": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Add a mailbox
         * @description For browsers: it leads to Google, where the person chooses the account.
         */
        post: operations["mailboxConnectingAdd"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/mailboxes/clients/{authorizationId}/end": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * End what an MCP client may do
         * @description For browsers: its tokens end in every process within a second.
         */
        post: operations["mailboxEndingEnd"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/mailboxes/sign-in": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Sign in with Google
         * @description For browsers: it asks Google for the person’s identity alone.
         */
        post: operations["mailboxConnectingSignIn"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/mailboxes/sign-out": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Sign out
         * @description For browsers: ends the person’s session and takes its cookie away.
         */
        post: operations["mailboxEndingSignOut"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/mailboxes/{id}/connect": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Connect a mailbox again
         * @description For browsers: it leads to Google, for the account of that mailbox and no other.
         */
        post: operations["mailboxConnectingConnect"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/mailboxes/{id}/remove": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Remove a mailbox
         * @description For browsers: deletes the instance, and gives the access back to Google.
         */
        post: operations["mailboxEndingRemove"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/metrics": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get the metrics
         * @description In the text format of Prometheus; every name begins with `evergrant_`.
         */
        get: operations["metricsMetrics"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/oauth/callback": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Come back from the consent page
         * @description For browsers, sent here by Google: ends the consent, and leads to `returnTo` or to a page of ours; or ends the sign-in of a mailbox’s owner, and leads back to the page that asked for it. Repeated, it answers the same again.
         */
        get: operations["callbackCallback"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/oauth/done": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read how a consent ended
         * @description For browsers: the page that a consent without `returnTo` ends on.
         */
        get: operations["endingDone"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/oauth/retry/{flow}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Try a consent again in the same browser
         * @description For browsers: goes on with the flow that the cookie holds, without a new link.
         */
        post: operations["endingRetry"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/security-events/google": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Receive a security event of Google
         * @description For Google’s Cross-Account Protection: a security event token (RFC 8417) as `application/secevent+jwt`, signed by Google for an OAuth client of this deployment. Grants that it calls dead ask for a sign-in at once, until Google’s token endpoint says otherwise. A 503 asks Google to send it again.
         */
        post: operations["securityEventsReceive"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /** @description An access token for the Gmail API */
        AccessToken: {
            /** @constant */
            tokenType: "Bearer";
            /** Format: date-time */
            expiresAt: string;
            /** @description What was granted, separated by spaces */
            scope: string;
            /**
             * @description Where it came from just now
             * @enum {string}
             */
            source: "cache" | "database" | "oauth-service" | "direct";
            /** @description A refresh was due and did not succeed; the token is still valid */
            stale: boolean;
            /** @description Why it is stale */
            errorCode: components["schemas"]["ErrorCode"] | null;
            accessToken: string;
        };
        /** @description An API key of a tenant, without the key itself */
        ApiKey: {
            /** Format: uuid */
            id: string;
            name: string;
            /** @description How the key begins */
            prefix: string;
            rights: string[];
            /** Format: date-time */
            createdAt: string;
            /** @description To the minute */
            lastUsedAt: string | null;
            expiresAt: string | null;
        };
        ApiKeyPage: {
            items: components["schemas"]["ApiKey"][];
            /** @description The `cursor` of the next page; null on the last one */
            nextCursor: string | null;
        };
        /** @description Something that a person decides on before it leaves a mailbox */
        Approval: {
            /** Format: uuid */
            id: string;
            /** Format: uuid */
            instanceId: string;
            /** @enum {string} */
            kind: "send" | "reply" | "forward" | "send_draft" | "unsubscribe" | "forwarding_filter" | "vacation" | "forwarding" | "delegate";
            /** @enum {string} */
            status: "pending" | "approved" | "rejected" | "expired";
            /** @description What became of it once it was approved */
            outcome: {
                /**
                 * @description `unknown`: it may have gone out, and no one can tell
                 * @enum {string}
                 */
                status: "under_way" | "done" | "not_sent" | "unknown";
                /** @description Of the message among the sent mail */
                messageId: string | null;
                errorCode: components["schemas"]["ErrorCode"] | null;
            } | null;
            /** @description How many */
            recipients: number;
            contentDigest: string;
            /** Format: date-time */
            createdAt: string;
            /**
             * Format: date-time
             * @description Till when it can be decided on; of an approved one, till when it is carried out
             */
            expiresAt: string;
            decidedAt: string | null;
            /** @description `owner:<subject>`, `api-key:<id>`, `session:<id of the key>`, `operator` */
            decidedBy: string | null;
            /** @description False where its content does not open any more, since its row was changed or its key is gone */
            readable: boolean;
            /** @description The mail, word for word; null for a setting */
            message: {
                /** @description Null: the account itself */
                from: {
                    name: string;
                    address: string;
                } | null;
                to: {
                    name: string;
                    address: string;
                }[];
                cc: {
                    name: string;
                    address: string;
                }[];
                bcc: {
                    name: string;
                    address: string;
                }[];
                /** @description Where answers go; none: to the sender */
                replyTo: {
                    name: string;
                    address: string;
                }[];
                subject: string;
                text: string;
                /** @description A stranger may have written it: never show it as a page */
                html: string | null;
                /** @description What the HTML says, to be shown instead of it */
                htmlReading: {
                    /** @description As plain text, its links written out */
                    text: string;
                    /** @description Whether `text` of the message says the same */
                    saysTheSame: boolean;
                    /** @description Whether it is longer than what was read of it */
                    isCut: boolean;
                    /** @description Where its links, forms and pictures lead that `text` of the message does not name */
                    unnamedTargets: string[];
                } | null;
                files: {
                    name: string;
                    mimeType: string;
                    sizeBytes: number;
                    sha256: string;
                    /** @enum {string} */
                    origin: "conversation" | "other_mail" | "upload";
                }[];
                /** @description The conversation that it continues; null for a new one */
                threadId: string | null;
                /** @description The Message-ID that it answers */
                inReplyTo: string | null;
                /** @description In which it says to be written (RFC 5646) */
                language: string | null;
                /** @description Further ones, as a draft of another program may have */
                headers: {
                    name: string;
                    value: string;
                }[];
            } | null;
            /** @description What is set, where it is no mail */
            settings: {
                name: string;
                value: string;
            }[];
            /** @description To whom mail goes by a setting */
            recipientAddresses: string[];
            /** @description Those that the mailbox does not know */
            newRecipients: string[];
            reasons: {
                /** @enum {string} */
                code: "act_kind" | "conversation" | "new_recipient" | "recipient_unreadable" | "recipient_denied" | "recipient_not_allowed" | "recipient_unknown" | "open_audience" | "outside_file" | "secret" | "other_conversation" | "other_conversation_text";
                subjects: string[];
                /** @description For the person who decides */
                sentence: string;
            }[];
            mailbox: string | null;
            instanceName: string;
            /** @description Who asked for it, as far as that is known still */
            requester: {
                mcpToken: {
                    /** Format: uuid */
                    id: string;
                    name: string | null;
                } | null;
                /** @description For whom a client asked */
                person: {
                    /** Format: uuid */
                    id: string;
                    /** @description Null for one who is gone */
                    email: string | null;
                } | null;
                client: {
                    id: string;
                    /** @description As the client called itself: anyone can take any name */
                    name: string | null;
                    /** @description That vouches for the client; null where none does */
                    verifiedHost: string | null;
                } | null;
            };
        };
        /** @description An approval without its content */
        ApprovalEntry: {
            /** Format: uuid */
            id: string;
            /** Format: uuid */
            instanceId: string;
            /** @enum {string} */
            kind: "send" | "reply" | "forward" | "send_draft" | "unsubscribe" | "forwarding_filter" | "vacation" | "forwarding" | "delegate";
            /** @enum {string} */
            status: "pending" | "approved" | "rejected" | "expired";
            /** @description What became of it once it was approved */
            outcome: {
                /**
                 * @description `unknown`: it may have gone out, and no one can tell
                 * @enum {string}
                 */
                status: "under_way" | "done" | "not_sent" | "unknown";
                /** @description Of the message among the sent mail */
                messageId: string | null;
                errorCode: components["schemas"]["ErrorCode"] | null;
            } | null;
            /** @description How many */
            recipients: number;
            contentDigest: string;
            /** Format: date-time */
            createdAt: string;
            /**
             * Format: date-time
             * @description Till when it can be decided on; of an approved one, till when it is carried out
             */
            expiresAt: string;
            decidedAt: string | null;
            /** @description `owner:<subject>`, `api-key:<id>`, `session:<id of the key>`, `operator` */
            decidedBy: string | null;
        };
        ApprovalPage: {
            items: components["schemas"]["ApprovalEntry"][];
            /** @description The `cursor` of the next page; null on the last one */
            nextCursor: string | null;
        };
        /** @description Something that was done in a tenant, linked to what was done before */
        AuditEvent: {
            tenantId: string;
            /** @description From 1 on, without a gap */
            sequence: number;
            /** @description When the transaction that recorded it began */
            at: string;
            /** @description Such as `instance.created`, `tool.called` or `act.held` */
            event: string;
            /** @description `kind` and `id` of the key, token or person */
            actor: {
                [key: string]: unknown;
            };
            /** @description `kind` and `id` of what the event is about */
            subject: {
                [key: string]: unknown;
            } | null;
            instanceId: string | null;
            /** @description What belongs to the event; no content of mail */
            details: {
                [key: string]: unknown;
            };
            /** @description The `hash` of the event before */
            previousHash: string;
            /** @description SHA-256, in hex, over the other fields but `seal`, and `"version": 1`, as RFC 8785 writes them */
            hash: string;
            /** @description HMAC-SHA-256 over `hash`, under a key that the database holds sealed only */
            seal: string;
        };
        /** @description What was done in a tenant, the newest first */
        AuditPage: {
            items: components["schemas"]["AuditEvent"][];
            /** @description The `cursor` of the next page; null on the last one */
            nextCursor: string | null;
        };
        /** @description What a person let one MCP client do */
        Authorization: {
            id: string;
            clientId: string;
            /** @description As the client calls itself */
            clientName: string | null;
            /** @description Such as `gmail:read` */
            scopes: string[];
            /** @description The mailboxes it opens; null for all that the person has, later ones included */
            instanceIds: string[] | null;
            /** Format: date-time */
            createdAt: string;
        };
        /** @description What a connect session sees of an instance */
        ConnectInstance: {
            /** Format: uuid */
            id: string;
            name: string;
            /** @description The connected Google account */
            email: string | null;
            /**
             * @description How far its consent is: `completed` says that one was given, not that it still serves; for that see `requiresReauth`
             * @enum {string}
             */
            oauthStatus: "pending" | "completed" | "failed";
            /** @description Whether a person has to sign in, through `start-oauth` */
            requiresReauth: boolean;
            /** @description Why a person has to sign in: `not_connected` (no consent yet), `refusal_unconfirmed` (Google has just refused the grant; `oauthStatus` stays `completed` until it has said so again a minute later, and by then it may serve again), `grant_ended`, `client_rejected` (the OAuth client of the instance), `scope_missing` (less was granted than is asked for). Null where no person has to */
            reauthReason: ("not_connected" | "refusal_unconfirmed" | "grant_ended" | "client_rejected" | "scope_missing") | null;
            /** @description Why, for a program: of `needs_sign_in` one of `revoked`, `session_control` (an administrator wants people to sign in anew), `grant_expired` (Google had set an end, as it does while the OAuth client is in testing), `account_disabled`, `account_purged`, `client_rejected`, `scope_missing`; of `held` `verdict_held`; of `blocked` `client_not_configured` or an error code; of `degraded` an error code. Null where nothing is wrong */
            stateReason: string | null;
            /** @description Why it does not work, or what the last refresh met */
            errorCode: components["schemas"]["ErrorCode"] | null;
            /** @description Why, and who is to do what, where `errorCode` alone does not say it */
            errorMessage: string | null;
        };
        /** @description A link to our own connect page; opening it spends nothing, its button serves in one browser */
        ConnectLink: {
            authorizationUrl: string;
            /** Format: date-time */
            expiresAt: string;
        };
        /** @description A credential of minutes for a page of another origin */
        ConnectSession: {
            /**
             * Format: uuid
             * @description Names it in the audit log
             */
            id: string;
            /** @description The bearer token of the page, shown this once */
            token: string;
            /** Format: date-time */
            expiresAt: string;
        };
        /** @description How many, over the whole window and in each bucket */
        CountCourse: {
            total: {
                count: number;
            };
            series: {
                /**
                 * Format: date-time
                 * @description The beginning of the bucket
                 */
                at: string;
                count: number;
            }[];
        };
        CreatedApiKey: {
            /** Format: uuid */
            id: string;
            name: string;
            /** @description How the key begins */
            prefix: string;
            rights: string[];
            /** Format: date-time */
            createdAt: string;
            /** @description To the minute */
            lastUsedAt: string | null;
            expiresAt: string | null;
            /** @description The key, shown this once */
            apiKey: string;
        };
        /** @description A new instance with its MCP token */
        CreatedInstance: {
            /** Format: uuid */
            id: string;
            name: string;
            /** @description The id that its creator knows it by */
            externalId: string | null;
            /** @description Whose accounts it connects to, such as `google` */
            provider: string;
            /** @description The connected Google account */
            email: string | null;
            /**
             * @description How far its consent is: `completed` says that one was given, not that it still serves; for that see `requiresReauth`
             * @enum {string}
             */
            oauthStatus: "pending" | "completed" | "failed";
            /** @description What it may do at most, and what the next consent asks for */
            scopes: string[];
            /** @description What the names of its tools begin with */
            toolPrefix: string | null;
            /** @description Which tools it has, of those that its scopes allow */
            toolsets: ("core" | "drafts" | "organize" | "settings" | "changes" | "dangerous")[];
            /** @description It has no tool that changes the mailbox or sends */
            readOnly: boolean;
            /** @description What may leave its mailbox, where that differs from its tenant's policy */
            policy: components["schemas"]["InstancePolicy"] | null;
            /** @description What the last consent granted */
            grantedScopes: string[];
            tokenExpiresAt: string | null;
            /** @description When Google ends the connection by itself: seven days after the consent while the OAuth client is in testing */
            grantExpiresAt: string | null;
            oauthCompletedAt: string | null;
            lastRefreshedAt: string | null;
            /** @description Whether a person has to sign in, through `start-oauth` */
            requiresReauth: boolean;
            /** @description Why a person has to sign in: `not_connected` (no consent yet), `refusal_unconfirmed` (Google has just refused the grant; `oauthStatus` stays `completed` until it has said so again a minute later, and by then it may serve again), `grant_ended`, `client_rejected` (the OAuth client of the instance), `scope_missing` (less was granted than is asked for). Null where no person has to */
            reauthReason: ("not_connected" | "refusal_unconfirmed" | "grant_ended" | "client_rejected" | "scope_missing") | null;
            /** @description Why it does not work, or what the last refresh met */
            errorCode: components["schemas"]["ErrorCode"] | null;
            /** @description Why, and who is to do what, where `errorCode` alone does not say it */
            errorMessage: string | null;
            /**
             * @description How it is, in a word: `not_connected` (no consent was given), `connected`, `refreshing` (a refresh is under way), `degraded` (the last refresh got no answer, and is repeated without a person), `held` (its grant was called dead together with many others, which is doubted), `needs_sign_in` (it was connected, and `requiresReauth` is true), `blocked` (the operator or an administrator has to remove what stands in the way)
             * @enum {string}
             */
            state: "not_connected" | "connected" | "refreshing" | "degraded" | "held" | "needs_sign_in" | "blocked";
            /** @description Why, for a program: of `needs_sign_in` one of `revoked`, `session_control` (an administrator wants people to sign in anew), `grant_expired` (Google had set an end, as it does while the OAuth client is in testing), `account_disabled`, `account_purged`, `client_rejected`, `scope_missing`; of `held` `verdict_held`; of `blocked` `client_not_configured` or an error code; of `degraded` an error code. Null where nothing is wrong */
            stateReason: string | null;
            /** @description While `degraded`, `held` or `blocked`: until when the access token that there is still serves. Null when none does, and in every other state */
            servesUntil: string | null;
            /** @description How many instances use its grant, itself included; 0 without one */
            sharedBy: number;
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            updatedAt: string;
            /** @description Where its MCP clients connect */
            mcpUrl: string;
            /** @description The bearer token of its MCP clients, shown this once */
            mcpToken: string;
        };
        CreatedTenant: {
            /** Format: uuid */
            id: string;
            name: string;
            /** @description Whether all that acts for it is refused; its grants are kept */
            suspended: boolean;
            /** @description What may leave its mailboxes; null where the defaults hold */
            policy: components["schemas"]["TenantPolicy"] | null;
            /** Format: date-time */
            createdAt: string;
            /** @description Its first API key, shown this once */
            apiKey: string;
            /** @description When that key ends */
            apiKeyExpiresAt: string | null;
        };
        /** @description A new webhook with its secret */
        CreatedWebhook: {
            /** Format: uuid */
            id: string;
            url: string;
            /** @description Null for all, later ones included */
            events: ("instance.connected" | "instance.degraded" | "instance.requires_reauth" | "instance.disconnected" | "approval.requested" | "approval.decided" | "mailbox.changed")[] | null;
            enabled: boolean;
            /** @description Why it was switched off by itself: `gone`, its receiver answered 410 */
            disabledReason: "gone" | null;
            /** @description Since when no attempt has succeeded */
            failingSince: string | null;
            /** @description Till when the secret before signs too */
            formerSecretUntil: string | null;
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            updatedAt: string;
            /** @description By which its receiver knows what comes from us (`whsec_…`), shown this once */
            secret: string;
        };
        /** @description Every error begins with the four required fields, in this order. */
        Error: {
            /** @description What went wrong, for people */
            error: string;
            /** @description The instance the request was about, if there is one */
            instanceId: string | null;
            errorCode: components["schemas"]["ErrorCode"];
            /** @description Whether a person has to sign in again */
            requiresReauth: boolean;
            /** @description The field, parameter or header at fault */
            field?: string;
            /** @description A stable refinement of the code, such as `invalid_rapt` */
            reason?: string;
            /** @description When a retry may succeed */
            retryAfterSeconds?: number;
            /** @description Where a person can repair the connection */
            connectUrl?: string;
        };
        /**
         * @description What went wrong, for programs
         * @enum {string}
         */
        ErrorCode: "INVALID_REFRESH_TOKEN" | "INVALID_CLIENT" | "DEPLOYMENT_CLIENT_REJECTED" | "INVALID_REQUEST" | "INSUFFICIENT_SCOPE" | "ADMIN_BLOCKED" | "NETWORK_ERROR" | "SERVICE_UNAVAILABLE" | "OAUTH_FLOW_REQUIRED" | "UNKNOWN_ERROR" | "UNAUTHENTICATED" | "FORBIDDEN" | "NOT_FOUND" | "METHOD_NOT_ALLOWED" | "VALIDATION_FAILED" | "CONFLICT" | "ACCOUNT_MISMATCH" | "PAYLOAD_TOO_LARGE" | "UNSUPPORTED_MEDIA_TYPE" | "RATE_LIMITED";
        /** @description The instance that has the `externalId` already */
        ExistingInstance: {
            /** Format: uuid */
            id: string;
            name: string;
            /** @description The id that its creator knows it by */
            externalId: string | null;
            /** @description Whose accounts it connects to, such as `google` */
            provider: string;
            /** @description The connected Google account */
            email: string | null;
            /**
             * @description How far its consent is: `completed` says that one was given, not that it still serves; for that see `requiresReauth`
             * @enum {string}
             */
            oauthStatus: "pending" | "completed" | "failed";
            /** @description What it may do at most, and what the next consent asks for */
            scopes: string[];
            /** @description What the names of its tools begin with */
            toolPrefix: string | null;
            /** @description Which tools it has, of those that its scopes allow */
            toolsets: ("core" | "drafts" | "organize" | "settings" | "changes" | "dangerous")[];
            /** @description It has no tool that changes the mailbox or sends */
            readOnly: boolean;
            /** @description What may leave its mailbox, where that differs from its tenant's policy */
            policy: components["schemas"]["InstancePolicy"] | null;
            /** @description What the last consent granted */
            grantedScopes: string[];
            tokenExpiresAt: string | null;
            /** @description When Google ends the connection by itself: seven days after the consent while the OAuth client is in testing */
            grantExpiresAt: string | null;
            oauthCompletedAt: string | null;
            lastRefreshedAt: string | null;
            /** @description Whether a person has to sign in, through `start-oauth` */
            requiresReauth: boolean;
            /** @description Why a person has to sign in: `not_connected` (no consent yet), `refusal_unconfirmed` (Google has just refused the grant; `oauthStatus` stays `completed` until it has said so again a minute later, and by then it may serve again), `grant_ended`, `client_rejected` (the OAuth client of the instance), `scope_missing` (less was granted than is asked for). Null where no person has to */
            reauthReason: ("not_connected" | "refusal_unconfirmed" | "grant_ended" | "client_rejected" | "scope_missing") | null;
            /** @description Why it does not work, or what the last refresh met */
            errorCode: components["schemas"]["ErrorCode"] | null;
            /** @description Why, and who is to do what, where `errorCode` alone does not say it */
            errorMessage: string | null;
            /**
             * @description How it is, in a word: `not_connected` (no consent was given), `connected`, `refreshing` (a refresh is under way), `degraded` (the last refresh got no answer, and is repeated without a person), `held` (its grant was called dead together with many others, which is doubted), `needs_sign_in` (it was connected, and `requiresReauth` is true), `blocked` (the operator or an administrator has to remove what stands in the way)
             * @enum {string}
             */
            state: "not_connected" | "connected" | "refreshing" | "degraded" | "held" | "needs_sign_in" | "blocked";
            /** @description Why, for a program: of `needs_sign_in` one of `revoked`, `session_control` (an administrator wants people to sign in anew), `grant_expired` (Google had set an end, as it does while the OAuth client is in testing), `account_disabled`, `account_purged`, `client_rejected`, `scope_missing`; of `held` `verdict_held`; of `blocked` `client_not_configured` or an error code; of `degraded` an error code. Null where nothing is wrong */
            stateReason: string | null;
            /** @description While `degraded`, `held` or `blocked`: until when the access token that there is still serves. Null when none does, and in every other state */
            servesUntil: string | null;
            /** @description How many instances use its grant, itself included; 0 without one */
            sharedBy: number;
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            updatedAt: string;
            /** @description Where its MCP clients connect */
            mcpUrl: string;
            /** @description Never there: it was shown when the instance was made */
            mcpToken?: string;
        };
        /** @description The key figures of refreshing, from the history of the grants */
        Figures: {
            /** @enum {string} */
            window: "24h" | "30d";
            /** @enum {string} */
            scope: "tenant" | "deployment";
            /**
             * Format: date-time
             * @description The beginning of the first bucket
             */
            from: string;
            /**
             * Format: date-time
             * @description When it was counted, by the database's clock
             */
            to: string;
            bucketSeconds: number;
            /** @description Refreshes that brought a token, of all that were made */
            refreshSuccess: components["schemas"]["ShareCourse"];
            /** @description Refreshes for which the OAuth service gave an answer, of those that were meant to go through it */
            oauthServiceAvailability: components["schemas"]["ShareCourse"];
            /** @description Refreshes whose outcome came straight from Google, of all */
            fallbackUse: components["schemas"]["ShareCourse"];
            /** @description How often a person began to be asked to sign in again */
            reauthentications: components["schemas"]["CountCourse"];
            now: components["schemas"]["FiguresNow"];
        };
        /** @description How it is at present */
        FiguresNow: {
            /** @description How many instances are in which `state` */
            instances: {
                not_connected: number;
                connected: number;
                refreshing: number;
                degraded: number;
                held: number;
                needs_sign_in: number;
                blocked: number;
            };
            /**
             * @description Of the process that answers: `open` while it leaves the OAuth service alone
             * @enum {string}
             */
            oauthServiceBreaker: "closed" | "open" | "half-open";
            /** @description OAuth clients for which Google has asked for a pause (`Retry-After`) */
            gates: {
                clientId: string;
                /** Format: date-time */
                closedUntil: string;
            }[];
            /** @description Spikes of dead grants whose verdicts are held, by OAuth client, and how many grants are */
            holds: {
                clientId: string;
                /** Format: date-time */
                since: string;
                suspects: number;
            }[];
            /** @description Refreshed tokens on the disk of the process that answers, which wait for the database */
            spilledRefreshes: number;
            /** @description The mailboxes that have taken most of Gmail's quota within the last minute; five at most */
            quota: {
                /** Format: uuid */
                tenantId: string;
                /** Format: uuid */
                instanceId: string;
                name: string;
                email: string | null;
                unitsTaken: number;
                unitsPerMinute: number;
            }[];
        };
        Health: {
            /** @enum {string} */
            status: "ok" | "degraded";
            /** @description Those that are up or degraded */
            info?: components["schemas"]["HealthIndicators"];
            /** @description Those that are down: none */
            error?: components["schemas"]["HealthIndicators"];
            details: components["schemas"]["HealthIndicators"];
        };
        /** @description What was asked, and what each said */
        HealthIndicators: {
            [key: string]: {
                /** @enum {string} */
                status: "up" | "degraded" | "down";
            } & {
                [key: string]: unknown;
            };
        };
        /** @description Something that happened to a grant; tokens appear as fingerprints */
        HistoryEvent: {
            id: string;
            /** Format: date-time */
            at: string;
            /** @description `consent`, `adoption`, `refresh`, `verdict`, `report`, `client`, `discard` or `revocation` */
            event: string;
            /** @description Why a refresh was made: `expiry`, `background`, `rejected_token`, `forced`, `schedule` or `probe` */
            trigger: string | null;
            /** @description Of a refresh `refreshed`, `rejected`, `unavailable`, or `unknown`: what the provider did is not known */
            outcome: string;
            /** @description `oauth-service` or `direct` */
            path: string | null;
            errorCode: components["schemas"]["ErrorCode"] | null;
            reason: string | null;
            /** @description One presentation of the refresh token; what an unknown one is found to have come to has the same */
            attemptId: string | null;
            /** @description Rises with every consent */
            generation: number;
            /** @description Rises when the refresh token changes */
            refreshVersion: number;
            accessTokenFingerprint: string | null;
            /** @description The refresh token that was presented, or, where a new one came, that one */
            refreshTokenFingerprint: string | null;
            tokenExpiresAt: string | null;
            durationMs: number | null;
        };
        /** @description What happened to a grant, the newest first */
        HistoryPage: {
            items: components["schemas"]["HistoryEvent"][];
            /** @description The `cursor` of the next page; null on the last one */
            nextCursor: string | null;
        };
        /** @description One MCP endpoint of one tenant */
        Instance: {
            /** Format: uuid */
            id: string;
            name: string;
            /** @description The id that its creator knows it by */
            externalId: string | null;
            /** @description Whose accounts it connects to, such as `google` */
            provider: string;
            /** @description The connected Google account */
            email: string | null;
            /**
             * @description How far its consent is: `completed` says that one was given, not that it still serves; for that see `requiresReauth`
             * @enum {string}
             */
            oauthStatus: "pending" | "completed" | "failed";
            /** @description What it may do at most, and what the next consent asks for */
            scopes: string[];
            /** @description What the names of its tools begin with */
            toolPrefix: string | null;
            /** @description Which tools it has, of those that its scopes allow */
            toolsets: ("core" | "drafts" | "organize" | "settings" | "changes" | "dangerous")[];
            /** @description It has no tool that changes the mailbox or sends */
            readOnly: boolean;
            /** @description What may leave its mailbox, where that differs from its tenant's policy */
            policy: components["schemas"]["InstancePolicy"] | null;
            /** @description What the last consent granted */
            grantedScopes: string[];
            tokenExpiresAt: string | null;
            /** @description When Google ends the connection by itself: seven days after the consent while the OAuth client is in testing */
            grantExpiresAt: string | null;
            oauthCompletedAt: string | null;
            lastRefreshedAt: string | null;
            /** @description Whether a person has to sign in, through `start-oauth` */
            requiresReauth: boolean;
            /** @description Why a person has to sign in: `not_connected` (no consent yet), `refusal_unconfirmed` (Google has just refused the grant; `oauthStatus` stays `completed` until it has said so again a minute later, and by then it may serve again), `grant_ended`, `client_rejected` (the OAuth client of the instance), `scope_missing` (less was granted than is asked for). Null where no person has to */
            reauthReason: ("not_connected" | "refusal_unconfirmed" | "grant_ended" | "client_rejected" | "scope_missing") | null;
            /** @description Why it does not work, or what the last refresh met */
            errorCode: components["schemas"]["ErrorCode"] | null;
            /** @description Why, and who is to do what, where `errorCode` alone does not say it */
            errorMessage: string | null;
            /**
             * @description How it is, in a word: `not_connected` (no consent was given), `connected`, `refreshing` (a refresh is under way), `degraded` (the last refresh got no answer, and is repeated without a person), `held` (its grant was called dead together with many others, which is doubted), `needs_sign_in` (it was connected, and `requiresReauth` is true), `blocked` (the operator or an administrator has to remove what stands in the way)
             * @enum {string}
             */
            state: "not_connected" | "connected" | "refreshing" | "degraded" | "held" | "needs_sign_in" | "blocked";
            /** @description Why, for a program: of `needs_sign_in` one of `revoked`, `session_control` (an administrator wants people to sign in anew), `grant_expired` (Google had set an end, as it does while the OAuth client is in testing), `account_disabled`, `account_purged`, `client_rejected`, `scope_missing`; of `held` `verdict_held`; of `blocked` `client_not_configured` or an error code; of `degraded` an error code. Null where nothing is wrong */
            stateReason: string | null;
            /** @description While `degraded`, `held` or `blocked`: until when the access token that there is still serves. Null when none does, and in every other state */
            servesUntil: string | null;
            /** @description How many instances use its grant, itself included; 0 without one */
            sharedBy: number;
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            updatedAt: string;
            /** @description Where its MCP clients connect */
            mcpUrl: string;
        };
        /** @description There is no such instance any more */
        InstanceDeletedEvent: {
            /** @constant */
            event: "instance-deleted";
            /** @description Its place in the stream, for `Last-Event-ID` */
            id: string;
            data: {
                /** Format: uuid */
                id: string;
            };
        };
        /** @description An instance as it is now: new, or changed */
        InstanceEvent: {
            /** @constant */
            event: "instance";
            /** @description Its place in the stream, for `Last-Event-ID` */
            id: string;
            data: components["schemas"]["Instance"];
        };
        /** @description Instances in the order of their creation */
        InstancePage: {
            items: components["schemas"]["Instance"][];
            /** @description The `cursor` of the next page; null on the last one */
            nextCursor: string | null;
        };
        /** @description Where an instance's policy differs from its tenant's */
        InstancePolicy: {
            /** @description By kind of act. What goes on by itself (`forwarding_filter`, `vacation`, `forwarding`, `delegate`) is `ask` unless said otherwise */
            acts?: {
                /** @enum {string} */
                send?: "allow" | "ask" | "deny";
                /** @enum {string} */
                reply?: "allow" | "ask" | "deny";
                /** @enum {string} */
                forward?: "allow" | "ask" | "deny";
                /** @enum {string} */
                send_draft?: "allow" | "ask" | "deny";
                /** @enum {string} */
                unsubscribe?: "allow" | "ask" | "deny";
                /** @enum {string} */
                forwarding_filter?: "allow" | "ask" | "deny";
                /** @enum {string} */
                vacation?: "allow" | "ask" | "deny";
                /** @enum {string} */
                forwarding?: "allow" | "ask" | "deny";
                /** @enum {string} */
                delegate?: "allow" | "ask" | "deny";
            };
            /**
             * @description Recipients to whom the mailbox has never written; `ask` unless said otherwise
             * @enum {string}
             */
            newRecipients?: "allow" | "ask" | "deny";
            /**
             * @description Recipients who take part in the conversation; `allow` unless said otherwise
             * @enum {string}
             */
            conversations?: "allow" | "ask" | "deny";
            /** @description Who counts as known to the mailbox, though it has never written to them: addresses (`ada@example.com`), domains (`@example.com`) and domains with all below them (`@*.example.com`) */
            trustedRecipients?: string[];
            /** @description The only ones to whom anything may go, which makes none of them known: addresses (`ada@example.com`), domains (`@example.com`) and domains with all below them (`@*.example.com`). Left out, all */
            allowRecipients?: string[];
            /** @description To whom nothing may go: addresses (`ada@example.com`), domains (`@example.com`) and domains with all below them (`@*.example.com`) */
            denyRecipients?: string[];
            /** @description Whether all but people whom the mailbox has written to or heard from are denied */
            onlyKnownRecipients?: boolean;
            /** @description Outbound acts in any hour; the lowest of all limits counts */
            messagesPerHour?: number;
            /** @description Outbound acts in any 24 hours */
            messagesPerDay?: number;
            /** @description Recipients in any hour, to, cc and bcc together */
            recipientsPerHour?: number;
            /** @description Recipients in any 24 hours */
            recipientsPerDay?: number;
            /**
             * @description Files that are not of the conversation: uploaded ones and those of other mail; `allow` unless said otherwise
             * @enum {string}
             */
            outsideFiles?: "allow" | "ask" | "deny";
            /**
             * @description Text that looks like a password, a key or a one-time code, and files of other mail for recipients to whom the mailbox has never written; `ask` unless said otherwise
             * @enum {string}
             */
            secrets?: "allow" | "ask" | "deny";
            /** @description How long a held act waits for a decision; 24 unless said otherwise */
            approvalLifeHours?: number;
            /** @description Whether every act is only decided on, and nothing leaves */
            dryRun?: boolean;
        };
        IssuedMcpToken: {
            /** Format: uuid */
            id: string;
            name: string | null;
            /** @description How the token begins */
            prefix: string;
            /** @description What it may do of what its instance may; null for all of it */
            scopes: string[] | null;
            /** Format: date-time */
            createdAt: string;
            /** @description To the minute */
            lastUsedAt: string | null;
            /** @description From then on it is answered 401; null for never */
            expiresAt: string | null;
            /** @description The token, shown this once */
            mcpToken: string;
        };
        /** @description One server-sent event */
        LiveEvent: components["schemas"]["InstanceEvent"] | components["schemas"]["InstanceDeletedEvent"] | components["schemas"]["ResetEvent"];
        /** @description A token of an MCP endpoint, without the token itself */
        McpToken: {
            /** Format: uuid */
            id: string;
            name: string | null;
            /** @description How the token begins */
            prefix: string;
            /** @description What it may do of what its instance may; null for all of it */
            scopes: string[] | null;
            /** Format: date-time */
            createdAt: string;
            /** @description To the minute */
            lastUsedAt: string | null;
            /** @description From then on it is answered 401; null for never */
            expiresAt: string | null;
        };
        McpTokenPage: {
            items: components["schemas"]["McpToken"][];
            /** @description The `cursor` of the next page; null on the last one */
            nextCursor: string | null;
        };
        /** @description Who signed in with Google, of one tenant */
        Person: {
            /** Format: uuid */
            id: string;
            /** Format: uuid */
            tenantId: string;
            /** @description As the last sign-in told it */
            email: string;
            /** @description Those that may act for the person, the oldest first */
            clients: components["schemas"]["Authorization"][];
            /** @description The ids of the instances that the person connected */
            mailboxes: string[];
            /**
             * Format: date-time
             * @description When the person first signed in
             */
            createdAt: string;
            /** Format: date-time */
            lastSignInAt: string;
        };
        PersonPage: {
            items: components["schemas"]["Person"][];
            /** @description The `cursor` of the next page; null on the last one */
            nextCursor: string | null;
        };
        Probe: {
            /** @constant */
            status: "ok";
        };
        /** @description What is known of the access token now held */
        Refresh: {
            /** @constant */
            tokenType: "Bearer";
            /** Format: date-time */
            expiresAt: string;
            /** @description What was granted, separated by spaces */
            scope: string;
            /**
             * @description Where it came from just now
             * @enum {string}
             */
            source: "cache" | "database" | "oauth-service" | "direct";
            /** @description A refresh was due and did not succeed; the token is still valid */
            stale: boolean;
            /** @description Why it is stale */
            errorCode: components["schemas"]["ErrorCode"] | null;
        };
        /** @description Read everything anew: `Last-Event-ID` is longer ago than changes are remembered */
        ResetEvent: {
            /** @constant */
            event: "reset";
            /** @description Its place in the stream, for `Last-Event-ID` */
            id: string;
            data: Record<string, never>;
        };
        /** @description The token is not taken, however often it comes */
        SecurityEventRefused: {
            /** @description What went wrong, for people */
            error: string;
            /** @description The instance the request was about, if there is one */
            instanceId: string | null;
            errorCode: components["schemas"]["ErrorCode"];
            /** @description Whether a person has to sign in again */
            requiresReauth: boolean;
            /** @description The field, parameter or header at fault */
            field?: string;
            /** @description A stable refinement of the code, such as `invalid_rapt` */
            reason?: string;
            /** @description When a retry may succeed */
            retryAfterSeconds?: number;
            /** @description Where a person can repair the connection */
            connectUrl?: string;
            /**
             * @description The code of RFC 8935 section 2.4
             * @enum {string}
             */
            err?: "invalid_request" | "invalid_key" | "invalid_issuer" | "invalid_audience";
            description?: string;
        };
        /** @description Who one is */
        Session: {
            /** @description Whether this is the operator of the deployment */
            operator: boolean;
            /**
             * Format: uuid
             * @description The tenant that requests act in
             */
            tenantId: string;
            tenantName: string;
            rights: ("instances:read" | "instances:write" | "access-tokens:read" | "access-tokens:wider" | "audit:read" | "policy:write" | "approvals:decide" | "people:read" | "people:write" | "webhooks:read" | "webhooks:write")[];
            /** @description When the session or key ends, if it does */
            expiresAt: string | null;
        };
        /** @description How the deployment is set up with Google, and what Google's console needs */
        Setup: {
            /**
             * @description Whether it runs on Google, on the sandbox that was started with it, or on something else in its place
             * @enum {string}
             */
            google: "google" | "sandbox" | "stand-in";
            /** @description `PUBLIC_URL` */
            publicUrl: string;
            /** @description To be registered with the OAuth client in Google's console, exactly so */
            redirectUri: string;
            /** @description The deployment's OAuth client, `GOOGLE_CLIENT_ID` */
            clientId: string;
            /** @description What a new instance asks for unless it says otherwise */
            scopes: string[];
        };
        /** @description One thing that has to be right */
        SetupCheck: {
            /** @enum {string} */
            name: "public_url" | "client" | "redirect_uri" | "clock" | "gmail_api" | "scopes" | "publishing_status";
            /**
             * @description `waiting`: can be told once a mailbox was connected with the client. `unknown`: cannot be told now
             * @enum {string}
             */
            status: "ok" | "failed" | "unknown" | "waiting";
            /** @description Why, for programs; null for `ok` */
            reason: string | null;
            /** @description For people: what is right, or what is to be done */
            detail: string;
        };
        /** @description What was found, in the order in which one sets it up */
        SetupChecks: {
            /** @description The client that was checked */
            clientId: string;
            checks: components["schemas"]["SetupCheck"][];
        };
        /** @description How many of how many, over the whole window and in each bucket */
        ShareCourse: {
            total: {
                of: number;
                count: number;
                /** @description `count` by `of`; null of nothing */
                share: number | null;
            };
            series: {
                /**
                 * Format: date-time
                 * @description The beginning of the bucket
                 */
                at: string;
                of: number;
                count: number;
                /** @description `count` by `of`; null of nothing */
                share: number | null;
            }[];
        };
        /** @description An organisation or team; nothing of it is visible to another */
        Tenant: {
            /** Format: uuid */
            id: string;
            name: string;
            /** @description Whether all that acts for it is refused; its grants are kept */
            suspended: boolean;
            /** @description What may leave its mailboxes; null where the defaults hold */
            policy: components["schemas"]["TenantPolicy"] | null;
            /** Format: date-time */
            createdAt: string;
        };
        TenantPage: {
            items: components["schemas"]["Tenant"][];
            /** @description The `cursor` of the next page; null on the last one */
            nextCursor: string | null;
        };
        /** @description What may leave the mailboxes of a tenant */
        TenantPolicy: {
            /** @description By kind of act. What goes on by itself (`forwarding_filter`, `vacation`, `forwarding`, `delegate`) is `ask` unless said otherwise */
            acts?: {
                /** @enum {string} */
                send?: "allow" | "ask" | "deny";
                /** @enum {string} */
                reply?: "allow" | "ask" | "deny";
                /** @enum {string} */
                forward?: "allow" | "ask" | "deny";
                /** @enum {string} */
                send_draft?: "allow" | "ask" | "deny";
                /** @enum {string} */
                unsubscribe?: "allow" | "ask" | "deny";
                /** @enum {string} */
                forwarding_filter?: "allow" | "ask" | "deny";
                /** @enum {string} */
                vacation?: "allow" | "ask" | "deny";
                /** @enum {string} */
                forwarding?: "allow" | "ask" | "deny";
                /** @enum {string} */
                delegate?: "allow" | "ask" | "deny";
            };
            /**
             * @description Recipients to whom the mailbox has never written; `ask` unless said otherwise
             * @enum {string}
             */
            newRecipients?: "allow" | "ask" | "deny";
            /**
             * @description Recipients who take part in the conversation; `allow` unless said otherwise
             * @enum {string}
             */
            conversations?: "allow" | "ask" | "deny";
            /** @description Who counts as known to the mailbox, though it has never written to them: addresses (`ada@example.com`), domains (`@example.com`) and domains with all below them (`@*.example.com`) */
            trustedRecipients?: string[];
            /** @description The only ones to whom anything may go, which makes none of them known: addresses (`ada@example.com`), domains (`@example.com`) and domains with all below them (`@*.example.com`). Left out, all */
            allowRecipients?: string[];
            /** @description To whom nothing may go: addresses (`ada@example.com`), domains (`@example.com`) and domains with all below them (`@*.example.com`) */
            denyRecipients?: string[];
            /** @description Whether all but people whom the mailbox has written to or heard from are denied */
            onlyKnownRecipients?: boolean;
            /** @description Outbound acts in any hour; the lowest of all limits counts */
            messagesPerHour?: number;
            /** @description Outbound acts in any 24 hours */
            messagesPerDay?: number;
            /** @description Recipients in any hour, to, cc and bcc together */
            recipientsPerHour?: number;
            /** @description Recipients in any 24 hours */
            recipientsPerDay?: number;
            /**
             * @description Files that are not of the conversation: uploaded ones and those of other mail; `allow` unless said otherwise
             * @enum {string}
             */
            outsideFiles?: "allow" | "ask" | "deny";
            /**
             * @description Text that looks like a password, a key or a one-time code, and files of other mail for recipients to whom the mailbox has never written; `ask` unless said otherwise
             * @enum {string}
             */
            secrets?: "allow" | "ask" | "deny";
            /** @description How long a held act waits for a decision; 24 unless said otherwise */
            approvalLifeHours?: number;
            /** @description Whether every act is only decided on, and nothing leaves */
            dryRun?: boolean;
            /** @description Fields in which an instance may only be stricter */
            locked?: ("acts" | "newRecipients" | "conversations" | "trustedRecipients" | "allowRecipients" | "denyRecipients" | "onlyKnownRecipients" | "messagesPerHour" | "messagesPerDay" | "recipientsPerHour" | "recipientsPerDay" | "outsideFiles" | "secrets" | "approvalLifeHours" | "dryRun")[];
        };
        /** @description An error as any other, then the report */
        Unhealthy: {
            /** @description What went wrong, for people */
            error: string;
            /** @description The instance the request was about, if there is one */
            instanceId: string | null;
            errorCode: components["schemas"]["ErrorCode"];
            /** @description Whether a person has to sign in again */
            requiresReauth: boolean;
            /** @description The field, parameter or header at fault */
            field?: string;
            /** @description A stable refinement of the code, such as `invalid_rapt` */
            reason?: string;
            /** @description When a retry may succeed */
            retryAfterSeconds?: number;
            /** @description Where a person can repair the connection */
            connectUrl?: string;
            /** @enum {string} */
            status: "error" | "shutting_down";
            details: components["schemas"]["HealthIndicators"];
        };
        UploadedFile: {
            uploadId: string;
            sizeBytes: number;
            /** @description Of its bytes, in hex */
            sha256: string;
        };
        /** @description Where events are told */
        Webhook: {
            /** Format: uuid */
            id: string;
            url: string;
            /** @description Null for all, later ones included */
            events: ("instance.connected" | "instance.degraded" | "instance.requires_reauth" | "instance.disconnected" | "approval.requested" | "approval.decided" | "mailbox.changed")[] | null;
            enabled: boolean;
            /** @description Why it was switched off by itself: `gone`, its receiver answered 410 */
            disabledReason: "gone" | null;
            /** @description Since when no attempt has succeeded */
            failingSince: string | null;
            /** @description Till when the secret before signs too */
            formerSecretUntil: string | null;
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            updatedAt: string;
        };
        /** @description One event on its way to one webhook */
        WebhookDelivery: {
            /** Format: uuid */
            id: string;
            /** Format: uuid */
            webhookId: string;
            /**
             * Format: uuid
             * @description The `webhook-id` of every attempt, and of every replay
             */
            eventId: string;
            /** @enum {string} */
            type: "instance.connected" | "instance.degraded" | "instance.requires_reauth" | "instance.disconnected" | "approval.requested" | "approval.decided" | "mailbox.changed" | "webhook.test";
            instanceId: string | null;
            isReplay: boolean;
            /**
             * @description `failed`: an attempt has, and another one comes; `given_up`: three days have passed, or 410
             * @enum {string}
             */
            status: "pending" | "failed" | "delivered" | "given_up";
            attempts: number;
            /** @description The HTTP status of the last answer; null without one */
            lastStatus: number | null;
            /** @description Why the last attempt did not deliver: `redirected`, `refused` (4xx), `gone` (410), `receiver_error` (5xx), `not_public`, `behind_proxy`, `secret_unreadable`, `deadline_exceeded`, `dns_failure`, `tls_failure` and the like */
            failure: string | null;
            /** @description Of the last attempt */
            durationMs: number | null;
            /** Format: date-time */
            createdAt: string;
            lastAttemptAt: string | null;
            /** @description Null when it has ended, and while an earlier event of its instance is under way */
            nextAttemptAt: string | null;
            endedAt: string | null;
        };
        /** @description Deliveries, newest first */
        WebhookDeliveryPage: {
            items: components["schemas"]["WebhookDelivery"][];
            /** @description The `cursor` of the next page; null on the last one */
            nextCursor: string | null;
        };
        /** @description Webhooks in the order of their creation */
        WebhookPage: {
            items: components["schemas"]["Webhook"][];
            /** @description The `cursor` of the next page; null on the last one */
            nextCursor: string | null;
        };
        /** @description A new secret */
        WebhookSecret: {
            /** @description By which its receiver knows what comes from us (`whsec_…`), shown this once */
            secret: string;
            /** @description Till when the secret before signs too */
            formerSecretUntil: string | null;
        };
    };
    responses: never;
    parameters: {
        /** @description Name or id of the tenant that the operator's key acts in; without it, `default`. */
        Tenant: string;
    };
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    approvalsList: {
        parameters: {
            query?: {
                limit?: number;
                /** @description The `nextCursor` of the page before */
                cursor?: string;
                /** @description Only those; all without it */
                status?: "pending" | "approved" | "rejected" | "expired";
                /** @description Only those of this instance */
                instanceId?: string;
            };
            header?: {
                /** @description Name or id of the tenant that the operator's key acts in; without it, `default`. */
                "X-Evergrant-Tenant"?: components["parameters"]["Tenant"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApprovalPage"];
                };
            };
            /** @description `VALIDATION_FAILED`: The request is not valid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `UNAUTHENTICATED`: Authentication is missing or wrong */
            401: {
                headers: {
                    /** @description `Bearer`, if the key is missing or wrong */
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `FORBIDDEN`: This is not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `NOT_FOUND`: Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `RATE_LIMITED`: Too many requests - try again later */
            429: {
                headers: {
                    /** @description Seconds until a retry may succeed */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `UNKNOWN_ERROR`: Something unexpected went wrong */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVICE_UNAVAILABLE`: The service is temporarily unavailable - try again shortly */
            503: {
                headers: {
                    /** @description Seconds until a retry may succeed */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    approvalsGet: {
        parameters: {
            query?: never;
            header?: {
                /** @description Name or id of the tenant that the operator's key acts in; without it, `default`. */
                "X-Evergrant-Tenant"?: components["parameters"]["Tenant"];
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Something that a person decides on before it leaves a mailbox */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Approval"];
                };
            };
            /** @description `UNAUTHENTICATED`: Authentication is missing or wrong */
            401: {
                headers: {
                    /** @description `Bearer`, if the key is missing or wrong */
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `FORBIDDEN`: This is not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `NOT_FOUND`: Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `RATE_LIMITED`: Too many requests - try again later */
            429: {
                headers: {
                    /** @description Seconds until a retry may succeed */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `UNKNOWN_ERROR`: Something unexpected went wrong */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVICE_UNAVAILABLE`: The service is temporarily unavailable - try again shortly */
            503: {
                headers: {
                    /** @description Seconds until a retry may succeed */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    approvalsDecide: {
        parameters: {
            query?: never;
            header?: {
                /** @description Name or id of the tenant that the operator's key acts in; without it, `default`. */
                "X-Evergrant-Tenant"?: components["parameters"]["Tenant"];
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @enum {string} */
                    decision: "approve" | "reject";
                    /** @description Of the content that was read: another one is not decided on */
                    contentDigest?: string;
                };
            };
        };
        responses: {
            /** @description Something that a person decides on before it leaves a mailbox */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Approval"];
                };
            };
            /** @description `VALIDATION_FAILED`: The request is not valid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `UNAUTHENTICATED`: Authentication is missing or wrong */
            401: {
                headers: {
                    /** @description `Bearer`, if the key is missing or wrong */
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `FORBIDDEN`: This is not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `NOT_FOUND`: Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `CONFLICT`: The request conflicts with the current state */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `PAYLOAD_TOO_LARGE`: The request body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `UNSUPPORTED_MEDIA_TYPE`: The request body must be application/json */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `RATE_LIMITED`: Too many requests - try again later */
            429: {
                headers: {
                    /** @description Seconds until a retry may succeed */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `UNKNOWN_ERROR`: Something unexpected went wrong */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVICE_UNAVAILABLE`: The service is temporarily unavailable - try again shortly */
            503: {
                headers: {
                    /** @description Seconds until a retry may succeed */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    attachmentsDownload: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                link: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The file, under its own media type */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/octet-stream": unknown;
                };
            };
            /** @description `INVALID_REFRESH_TOKEN`: Token refresh failed - please re-authenticate */
            401: {
                headers: {
                    /** @description `Bearer`, if the key is missing or wrong */
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /**
             * @description `INSUFFICIENT_SCOPE`: The granted permissions do not cover this request - please re-authenticate and grant them
             *
             *     `ADMIN_BLOCKED`: The Google Workspace administrator's policy blocks this access
             *
             *     `FORBIDDEN`: This is not allowed
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `NOT_FOUND`: Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `RATE_LIMITED`: Too many requests - try again later */
            429: {
                headers: {
                    /** @description Seconds until a retry may succeed */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `UNKNOWN_ERROR`: Something unexpected went wrong */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /**
             * @description `NETWORK_ERROR`: Google could not be reached - try again shortly
             *
             *     `SERVICE_UNAVAILABLE`: The service is temporarily unavailable - try again shortly
             */
            503: {
                headers: {
                    /** @description Seconds until a retry may succeed */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    auditList: {
        parameters: {
            query?: {
                limit?: number;
                /** @description The `nextCursor` of the page before */
                cursor?: string;
                /** @description Only events of this name */
                event?: string;
                /** @description Only of the key, token or person of this id, or of this kind */
                actor?: string;
                instanceId?: string;
                /** @description From this instant on */
                from?: string;
                /** @description Up to this instant, which is not in it */
                to?: string;
            };
            header?: {
                /** @description Name or id of the tenant that the operator's key acts in; without it, `default`. */
                "X-Evergrant-Tenant"?: components["parameters"]["Tenant"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was done in a tenant, the newest first */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AuditPage"];
                };
            };
            /** @description `VALIDATION_FAILED`: The request is not valid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `UNAUTHENTICATED`: Authentication is missing or wrong */
            401: {
                headers: {
                    /** @description `Bearer`, if the key is missing or wrong */
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `FORBIDDEN`: This is not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `NOT_FOUND`: Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `RATE_LIMITED`: Too many requests - try again later */
            429: {
                headers: {
                    /** @description Seconds until a retry may succeed */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `UNKNOWN_ERROR`: Something unexpected went wrong */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVICE_UNAVAILABLE`: The service is temporarily unavailable - try again shortly */
            503: {
                headers: {
                    /** @description Seconds until a retry may succeed */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    auditExport: {
        parameters: {
            query?: {
                /** @description Only events after this sequence: that of the last one exported before */
                after?: string;
            };
            header?: {
                /** @description Name or id of the tenant that the operator's key acts in; without it, `default`. */
                "X-Evergrant-Tenant"?: components["parameters"]["Tenant"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description An event a line */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/x-ndjson": components["schemas"]["AuditEvent"];
                };
            };
            /** @description `VALIDATION_FAILED`: The request is not valid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `UNAUTHENTICATED`: Authentication is missing or wrong */
            401: {
                headers: {
                    /** @description `Bearer`, if the key is missing or wrong */
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `FORBIDDEN`: This is not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `NOT_FOUND`: Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `RATE_LIMITED`: Too many requests - try again later */
            429: {
                headers: {
                    /** @description Seconds until a retry may succeed */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `UNKNOWN_ERROR`: Something unexpected went wrong */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVICE_UNAVAILABLE`: The service is temporarily unavailable - try again shortly */
            503: {
                headers: {
                    /** @description Seconds until a retry may succeed */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    connectSessionsOpen: {
        parameters: {
            query?: never;
            header?: {
                /** @description Name or id of the tenant that the operator's key acts in; without it, `default`. */
                "X-Evergrant-Tenant"?: components["parameters"]["Tenant"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    /** @description The instances it is for; left out, every one of the tenant */
                    instanceIds?: string[];
                };
            };
        };
        responses: {
            /** @description A credential of minutes for a page of another origin */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConnectSession"];
                };
            };
            /** @description `VALIDATION_FAILED`: The request is not valid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `UNAUTHENTICATED`: Authentication is missing or wrong */
            401: {
                headers: {
                    /** @description `Bearer`, if the key is missing or wrong */
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `FORBIDDEN`: This is not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `NOT_FOUND`: Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `PAYLOAD_TOO_LARGE`: The request body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `UNSUPPORTED_MEDIA_TYPE`: The request body must be application/json */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `RATE_LIMITED`: Too many requests - try again later */
            429: {
                headers: {
                    /** @description Seconds until a retry may succeed */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `UNKNOWN_ERROR`: Something unexpected went wrong */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVICE_UNAVAILABLE`: The service is temporarily unavailable - try again shortly */
            503: {
                headers: {
                    /** @description Seconds until a retry may succeed */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    eventsStream: {
        parameters: {
            query?: never;
            header?: {
                "last-event-id"?: string;
                /** @description Name or id of the tenant that the operator's key acts in; without it, `default`. */
                "X-Evergrant-Tenant"?: components["parameters"]["Tenant"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Events `instance`, `instance-deleted`, `reset`; the schema is that of one of them */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/event-stream": components["schemas"]["LiveEvent"];
                };
            };
            /** @description `VALIDATION_FAILED`: The request is not valid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `UNAUTHENTICATED`: Authentication is missing or wrong */
            401: {
                headers: {
                    /** @description `Bearer`, if the key is missing or wrong */
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `FORBIDDEN`: This is not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `NOT_FOUND`: Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `RATE_LIMITED`: Too many requests - try again later */
            429: {
                headers: {
                    /** @description Seconds until a retry may succeed */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `UNKNOWN_ERROR`: Something unexpected went wrong */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVICE_UNAVAILABLE`: The service is temporarily unavailable - try again shortly */
            503: {
                headers: {
                    /** @description Seconds until a retry may succeed */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    figuresTell: {
        parameters: {
            query?: {
                /** @description How far to look back: 24 buckets of an hour, or 30 of a day, in UTC; the last one is under way */
                window?: "24h" | "30d";
                /** @description `deployment` tells of all tenants together, to the operator alone */
                scope?: "tenant" | "deployment";
            };
            header?: {
                /** @description Name or id of the tenant that the operator's key acts in; without it, `default`. */
                "X-Evergrant-Tenant"?: components["parameters"]["Tenant"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The key figures of refreshing, from the history of the grants */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Figures"];
                };
            };
            /** @description `VALIDATION_FAILED`: The request is not valid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `UNAUTHENTICATED`: Authentication is missing or wrong */
            401: {
                headers: {
                    /** @description `Bearer`, if the key is missing or wrong */
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `FORBIDDEN`: This is not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `NOT_FOUND`: Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `RATE_LIMITED`: Too many requests - try again later */
            429: {
                headers: {
                    /** @description Seconds until a retry may succeed */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `UNKNOWN_ERROR`: Something unexpected went wrong */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVICE_UNAVAILABLE`: The service is temporarily unavailable - try again shortly */
            503: {
                headers: {
                    /** @description Seconds until a retry may succeed */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    instancesList: {
        parameters: {
            query?: {
                limit?: number;
                /** @description The `nextCursor` of the page before */
                cursor?: string;
                status?: "pending" | "completed" | "failed";
                /** @description Part of a name, e-mail address or external id */
                q?: string;
                /** @description The whole external id: one instance, or none */
                externalId?: string;
                /** @description The whole address of the connected account */
                email?: string;
                /** @description Only those that wait for a person to sign in, or the others */
                requiresReauth?: "true" | "false";
                /** @description Only those that say so of themselves */
                state?: "not_connected" | "connected" | "refreshing" | "degraded" | "held" | "needs_sign_in" | "blocked";
            };
            header?: {
                /** @description Name or id of the tenant that the operator's key acts in; without it, `default`. */
                "X-Evergrant-Tenant"?: components["parameters"]["Tenant"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Instances in the order of their creation */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["InstancePage"];
                };
            };
            /** @description `VALIDATION_FAILED`: The request is not valid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `UNAUTHENTICATED`: Authentication is missing or wrong */
            401: {
                headers: {
                    /** @description `Bearer`, if the key is missing or wrong */
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `FORBIDDEN`: This is not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `NOT_FOUND`: Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `RATE_LIMITED`: Too many requests - try again later */
            429: {
                headers: {
                    /** @description Seconds until a retry may succeed */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `UNKNOWN_ERROR`: Something unexpected went wrong */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVICE_UNAVAILABLE`: The service is temporarily unavailable - try again shortly */
            503: {
                headers: {
                    /** @description Seconds until a retry may succeed */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    instancesCreate: {
        parameters: {
            query?: never;
            header?: {
                /** @description Name or id of the tenant that the operator's key acts in; without it, `default`. */
                "X-Evergrant-Tenant"?: components["parameters"]["Tenant"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    name: string;
                    /** @description Your own id; repeated, it finds the instance there is */
                    externalId?: string;
                    /** @description The e-mail address that Google proposes to sign in with */
                    loginHint?: string;
                    /** @description Whose accounts it connects to; `google` if left out */
                    provider?: string;
                    /**
                     * @description Gmail's scopes to ask for, in full or by their short names (`gmail.modify`); `openid` and `email` always come along
                     * @default [
                     *       "openid",
                     *       "email",
                     *       "https://www.googleapis.com/auth/gmail.readonly"
                     *     ]
                     */
                    scopes?: string[];
                    /** @description What the names of its tools and prompts begin with, so that an agent with several mailboxes tells them apart: with `work`, `search_messages` is called `work_search_messages`, and only that. Null for none */
                    toolPrefix?: string | null;
                    /**
                     * @description Which tools it has, of those that its scopes allow; tools that delete for good or forward all mail only with `dangerous`
                     * @default [
                     *       "core"
                     *     ]
                     */
                    toolsets?: ("core" | "drafts" | "organize" | "settings" | "changes" | "dangerous")[];
                    /**
                     * @description Whether it has no tool that changes the mailbox or sends, whatever scopes were granted
                     * @default false
                     */
                    readOnly?: boolean;
                    /** @description What may leave its mailbox, where that differs from its tenant's policy: the whole of it, null for nothing */
                    policy?: {
                        /** @description By kind of act. What goes on by itself (`forwarding_filter`, `vacation`, `forwarding`, `delegate`) is `ask` unless said otherwise */
                        acts?: {
                            /** @enum {string} */
                            send?: "allow" | "ask" | "deny";
                            /** @enum {string} */
                            reply?: "allow" | "ask" | "deny";
                            /** @enum {string} */
                            forward?: "allow" | "ask" | "deny";
                            /** @enum {string} */
                            send_draft?: "allow" | "ask" | "deny";
                            /** @enum {string} */
                            unsubscribe?: "allow" | "ask" | "deny";
                            /** @enum {string} */
                            forwarding_filter?: "allow" | "ask" | "deny";
                            /** @enum {string} */
                            vacation?: "allow" | "ask" | "deny";
                            /** @enum {string} */
                            forwarding?: "allow" | "ask" | "deny";
                            /** @enum {string} */
                            delegate?: "allow" | "ask" | "deny";
                        };
                        /**
                         * @description Recipients to whom the mailbox has never written; `ask` unless said otherwise
                         * @enum {string}
                         */
                        newRecipients?: "allow" | "ask" | "deny";
                        /**
                         * @description Recipients who take part in the conversation; `allow` unless said otherwise
                         * @enum {string}
                         */
                        conversations?: "allow" | "ask" | "deny";
                        /** @description Who counts as known to the mailbox, though it has never written to them: addresses (`ada@example.com`), domains (`@example.com`) and domains with all below them (`@*.example.com`) */
                        trustedRecipients?: string[];
                        /** @description The only ones to whom anything may go, which makes none of them known: addresses (`ada@example.com`), domains (`@example.com`) and domains with all below them (`@*.example.com`). Left out, all */
                        allowRecipients?: string[];
                        /** @description To whom nothing may go: addresses (`ada@example.com`), domains (`@example.com`) and domains with all below them (`@*.example.com`) */
                        denyRecipients?: string[];
                        /** @description Whether all but people whom the mailbox has written to or heard from are denied */
                        onlyKnownRecipients?: boolean;
                        /** @description Outbound acts in any hour; the lowest of all limits counts */
                        messagesPerHour?: number;
                        /** @description Outbound acts in any 24 hours */
                        messagesPerDay?: number;
                        /** @description Recipients in any hour, to, cc and bcc together */
                        recipientsPerHour?: number;
                        /** @description Recipients in any 24 hours */
                        recipientsPerDay?: number;
                        /**
                         * @description Files that are not of the conversation: uploaded ones and those of other mail; `allow` unless said otherwise
                         * @enum {string}
                         */
                        outsideFiles?: "allow" | "ask" | "deny";
                        /**
                         * @description Text that looks like a password, a key or a one-time code, and files of other mail for recipients to whom the mailbox has never written; `ask` unless said otherwise
                         * @enum {string}
                         */
                        secrets?: "allow" | "ask" | "deny";
                        /** @description How long a held act waits for a decision; 24 unless said otherwise */
                        approvalLifeHours?: number;
                        /** @description Whether every act is only decided on, and nothing leaves */
                        dryRun?: boolean;
                    } | null;
                    clientId?: string;
                    clientSecret?: string;
                };
            };
        };
        responses: {
            /** @description The instance that has the `externalId` already */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ExistingInstance"];
                };
            };
            /** @description A new instance with its MCP token */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CreatedInstance"];
                };
            };
            /** @description `VALIDATION_FAILED`: The request is not valid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `UNAUTHENTICATED`: Authentication is missing or wrong */
            401: {
                headers: {
                    /** @description `Bearer`, if the key is missing or wrong */
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `FORBIDDEN`: This is not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `NOT_FOUND`: Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `CONFLICT`: The request conflicts with the current state */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `PAYLOAD_TOO_LARGE`: The request body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `UNSUPPORTED_MEDIA_TYPE`: The request body must be application/json */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `RATE_LIMITED`: Too many requests - try again later */
            429: {
                headers: {
                    /** @description Seconds until a retry may succeed */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `UNKNOWN_ERROR`: Something unexpected went wrong */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVICE_UNAVAILABLE`: The service is temporarily unavailable - try again shortly */
            503: {
                headers: {
                    /** @description Seconds until a retry may succeed */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    instancesGet: {
        parameters: {
            query?: never;
            header?: {
                /** @description Name or id of the tenant that the operator's key acts in; without it, `default`. */
                "X-Evergrant-Tenant"?: components["parameters"]["Tenant"];
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One MCP endpoint of one tenant */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Instance"];
                };
            };
            /** @description `UNAUTHENTICATED`: Authentication is missing or wrong */
            401: {
                headers: {
                    /** @description `Bearer`, if the key is missing or wrong */
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `FORBIDDEN`: This is not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `NOT_FOUND`: Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `RATE_LIMITED`: Too many requests - try again later */
            429: {
                headers: {
                    /** @description Seconds until a retry may succeed */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `UNKNOWN_ERROR`: Something unexpected went wrong */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVICE_UNAVAILABLE`: The service is temporarily unavailable - try again shortly */
            503: {
                headers: {
                    /** @description Seconds until a retry may succeed */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    instancesDelete: {
        parameters: {
            query?: {
                /** @description Whether its grant is revoked at Google when no other instance uses it. Left out: a grant by consent is, an adopted one is not, since the program that it came from may still use it */
                revoke?: "true" | "false";
            };
            header?: {
                /** @description Name or id of the tenant that the operator's key acts in; without it, `default`. */
                "X-Evergrant-Tenant"?: components["parameters"]["Tenant"];
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Deleted */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `VALIDATION_FAILED`: The request is not valid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `UNAUTHENTICATED`: Authentication is missing or wrong */
            401: {
                headers: {
                    /** @description `Bearer`, if the key is missing or wrong */
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `FORBIDDEN`: This is not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `NOT_FOUND`: Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `PAYLOAD_TOO_LARGE`: The request body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `UNSUPPORTED_MEDIA_TYPE`: The request body must be application/json */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `RATE_LIMITED`: Too many requests - try again later */
            429: {
                headers: {
                    /** @description Seconds until a retry may succeed */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `UNKNOWN_ERROR`: Something unexpected went wrong */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVICE_UNAVAILABLE`: The service is temporarily unavailable - try again shortly */
            503: {
                headers: {
                    /** @description Seconds until a retry may succeed */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    instancesUpdate: {
        parameters: {
            query?: never;
            header?: {
                /** @description Name or id of the tenant that the operator's key acts in; without it, `default`. */
                "X-Evergrant-Tenant"?: components["parameters"]["Tenant"];
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    name?: string;
                    /** @description Gmail's scopes to ask for, in full or by their short names (`gmail.modify`); `openid` and `email` always come along */
                    scopes?: string[];
                    /** @description What the names of its tools and prompts begin with, so that an agent with several mailboxes tells them apart: with `work`, `search_messages` is called `work_search_messages`, and only that. Null for none */
                    toolPrefix?: string | null;
                    /** @description Which tools it has, of those that its scopes allow; tools that delete for good or forward all mail only with `dangerous` */
                    toolsets?: ("core" | "drafts" | "organize" | "settings" | "changes" | "dangerous")[];
                    /** @description Whether it has no tool that changes the mailbox or sends, whatever scopes were granted */
                    readOnly?: boolean;
                    /** @description What may leave its mailbox, where that differs from its tenant's policy: the whole of it, null for nothing */
                    policy?: {
                        /** @description By kind of act. What goes on by itself (`forwarding_filter`, `vacation`, `forwarding`, `delegate`) is `ask` unless said otherwise */
                        acts?: {
                            /** @enum {string} */
                            send?: "allow" | "ask" | "deny";
                            /** @enum {string} */
                            reply?: "allow" | "ask" | "deny";
                            /** @enum {string} */
                            forward?: "allow" | "ask" | "deny";
                            /** @enum {string} */
                            send_draft?: "allow" | "ask" | "deny";
                            /** @enum {string} */
                            unsubscribe?: "allow" | "ask" | "deny";
                            /** @enum {string} */
                            forwarding_filter?: "allow" | "ask" | "deny";
                            /** @enum {string} */
                            vacation?: "allow" | "ask" | "deny";
                            /** @enum {string} */
                            forwarding?: "allow" | "ask" | "deny";
                            /** @enum {string} */
                            delegate?: "allow" | "ask" | "deny";
                        };
                        /**
                         * @description Recipients to whom the mailbox has never written; `ask` unless said otherwise
                         * @enum {string}
                         */
                        newRecipients?: "allow" | "ask" | "deny";
                        /**
                         * @description Recipients who take part in the conversation; `allow` unless said otherwise
                         * @enum {string}
                         */
                        conversations?: "allow" | "ask" | "deny";
                        /** @description Who counts as known to the mailbox, though it has never written to them: addresses (`ada@example.com`), domains (`@example.com`) and domains with all below them (`@*.example.com`) */
                        trustedRecipients?: string[];
                        /** @description The only ones to whom anything may go, which makes none of them known: addresses (`ada@example.com`), domains (`@example.com`) and domains with all below them (`@*.example.com`). Left out, all */
                        allowRecipients?: string[];
                        /** @description To whom nothing may go: addresses (`ada@example.com`), domains (`@example.com`) and domains with all below them (`@*.example.com`) */
                        denyRecipients?: string[];
                        /** @description Whether all but people whom the mailbox has written to or heard from are denied */
                        onlyKnownRecipients?: boolean;
                        /** @description Outbound acts in any hour; the lowest of all limits counts */
                        messagesPerHour?: number;
                        /** @description Outbound acts in any 24 hours */
                        messagesPerDay?: number;
                        /** @description Recipients in any hour, to, cc and bcc together */
                        recipientsPerHour?: number;
                        /** @description Recipients in any 24 hours */
                        recipientsPerDay?: number;
                        /**
                         * @description Files that are not of the conversation: uploaded ones and those of other mail; `allow` unless said otherwise
                         * @enum {string}
                         */
                        outsideFiles?: "allow" | "ask" | "deny";
                        /**
                         * @description Text that looks like a password, a key or a one-time code, and files of other mail for recipients to whom the mailbox has never written; `ask` unless said otherwise
                         * @enum {string}
                         */
                        secrets?: "allow" | "ask" | "deny";
                        /** @description How long a held act waits for a decision; 24 unless said otherwise */
                        approvalLifeHours?: number;
                        /** @description Whether every act is only decided on, and nothing leaves */
                        dryRun?: boolean;
                    } | null;
                    clientId?: string;
                    clientSecret?: string;
                };
            };
        };
        responses: {
            /** @description One MCP endpoint of one tenant */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Instance"];
                };
            };
            /** @description `VALIDATION_FAILED`: The request is not valid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `UNAUTHENTICATED`: Authentication is missing or wrong */
            401: {
                headers: {
                    /** @description `Bearer`, if the key is missing or wrong */
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `FORBIDDEN`: This is not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `NOT_FOUND`: Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `PAYLOAD_TOO_LARGE`: The request body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `UNSUPPORTED_MEDIA_TYPE`: The request body must be application/json */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `RATE_LIMITED`: Too many requests - try again later */
            429: {
                headers: {
                    /** @description Seconds until a retry may succeed */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `UNKNOWN_ERROR`: Something unexpected went wrong */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVICE_UNAVAILABLE`: The service is temporarily unavailable - try again shortly */
            503: {
                headers: {
                    /** @description Seconds until a retry may succeed */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    accessTokenAccessToken: {
        parameters: {
            query?: {
                /** @description Life it must have left */
                minTtlSeconds?: number;
                /** @description Take also one that opens more than the instance asks for; needs `access-tokens:wider` */
                allowWider?: "true" | "false";
            };
            header?: {
                /** @description Name or id of the tenant that the operator's key acts in; without it, `default`. */
                "X-Evergrant-Tenant"?: components["parameters"]["Tenant"];
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description An access token for the Gmail API */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AccessToken"];
                };
            };
            /**
             * @description `INVALID_REQUEST`: Google could not understand the token request
             *
             *     `OAUTH_FLOW_REQUIRED`: This mailbox is not connected yet - a person has to complete the consent flow
             *
             *     `VALIDATION_FAILED`: The request is not valid
             */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /**
             * @description `INVALID_REFRESH_TOKEN`: Token refresh failed - please re-authenticate
             *
             *     `INVALID_CLIENT`: Google rejected this instance's OAuth client - correct its client id and secret
             *
             *     `UNAUTHENTICATED`: Authentication is missing or wrong
             */
            401: {
                headers: {
                    /** @description `Bearer`, if the key is missing or wrong */
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /**
             * @description `INSUFFICIENT_SCOPE`: The granted permissions do not cover this request - please re-authenticate and grant them
             *
             *     `ADMIN_BLOCKED`: The Google Workspace administrator's policy blocks this access
             *
             *     `FORBIDDEN`: This is not allowed
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `NOT_FOUND`: Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `RATE_LIMITED`: Too many requests - try again later */
            429: {
                headers: {
                    /** @description Seconds until a retry may succeed */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `UNKNOWN_ERROR`: Something unexpected went wrong */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /**
             * @description `DEPLOYMENT_CLIENT_REJECTED`: Google rejected this deployment's OAuth client - the operator has to correct it
             *
             *     `NETWORK_ERROR`: Google could not be reached - try again shortly
             *
             *     `SERVICE_UNAVAILABLE`: The service is temporarily unavailable - try again shortly
             */
            503: {
                headers: {
                    /** @description Seconds until a retry may succeed */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    instanceTokensAdopt: {
        parameters: {
            query?: never;
            header?: {
                /** @description Name or id of the tenant that the operator's key acts in; without it, `default`. */
                "X-Evergrant-Tenant"?: components["parameters"]["Tenant"];
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    refreshToken?: string;
                    clientId?: string;
                    clientSecret?: string;
                };
            };
        };
        responses: {
            /** @description One MCP endpoint of one tenant */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Instance"];
                };
            };
            /**
             * @description `INVALID_REQUEST`: Google could not understand the token request
             *
             *     `OAUTH_FLOW_REQUIRED`: This mailbox is not connected yet - a person has to complete the consent flow
             *
             *     `VALIDATION_FAILED`: The request is not valid
             */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /**
             * @description `INVALID_REFRESH_TOKEN`: Token refresh failed - please re-authenticate
             *
             *     `INVALID_CLIENT`: Google rejected this instance's OAuth client - correct its client id and secret
             *
             *     `UNAUTHENTICATED`: Authentication is missing or wrong
             */
            401: {
                headers: {
                    /** @description `Bearer`, if the key is missing or wrong */
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /**
             * @description `INSUFFICIENT_SCOPE`: The granted permissions do not cover this request - please re-authenticate and grant them
             *
             *     `ADMIN_BLOCKED`: The Google Workspace administrator's policy blocks this access
             *
             *     `FORBIDDEN`: This is not allowed
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `NOT_FOUND`: Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `ACCOUNT_MISMATCH`: Another Google account is already connected here */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `PAYLOAD_TOO_LARGE`: The request body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `UNSUPPORTED_MEDIA_TYPE`: The request body must be application/json */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `RATE_LIMITED`: Too many requests - try again later */
            429: {
                headers: {
                    /** @description Seconds until a retry may succeed */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `UNKNOWN_ERROR`: Something unexpected went wrong */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /**
             * @description `DEPLOYMENT_CLIENT_REJECTED`: Google rejected this deployment's OAuth client - the operator has to correct it
             *
             *     `NETWORK_ERROR`: Google could not be reached - try again shortly
             *
             *     `SERVICE_UNAVAILABLE`: The service is temporarily unavailable - try again shortly
             */
            503: {
                headers: {
                    /** @description Seconds until a retry may succeed */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    historyList: {
        parameters: {
            query?: {
                limit?: number;
                /** @description The `nextCursor` of the page before */
                cursor?: string;
            };
            header?: {
                /** @description Name or id of the tenant that the operator's key acts in; without it, `default`. */
                "X-Evergrant-Tenant"?: components["parameters"]["Tenant"];
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What happened to a grant, the newest first */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HistoryPage"];
                };
            };
            /** @description `VALIDATION_FAILED`: The request is not valid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `UNAUTHENTICATED`: Authentication is missing or wrong */
            401: {
                headers: {
                    /** @description `Bearer`, if the key is missing or wrong */
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `FORBIDDEN`: This is not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `NOT_FOUND`: Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `RATE_LIMITED`: Too many requests - try again later */
            429: {
                headers: {
                    /** @description Seconds until a retry may succeed */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `UNKNOWN_ERROR`: Something unexpected went wrong */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVICE_UNAVAILABLE`: The service is temporarily unavailable - try again shortly */
            503: {
                headers: {
                    /** @description Seconds until a retry may succeed */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    mcpTokensList: {
        parameters: {
            query?: {
                limit?: number;
                /** @description The `nextCursor` of the page before */
                cursor?: string;
            };
            header?: {
                /** @description Name or id of the tenant that the operator's key acts in; without it, `default`. */
                "X-Evergrant-Tenant"?: components["parameters"]["Tenant"];
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["McpTokenPage"];
                };
            };
            /** @description `VALIDATION_FAILED`: The request is not valid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `UNAUTHENTICATED`: Authentication is missing or wrong */
            401: {
                headers: {
                    /** @description `Bearer`, if the key is missing or wrong */
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `FORBIDDEN`: This is not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `NOT_FOUND`: Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `RATE_LIMITED`: Too many requests - try again later */
            429: {
                headers: {
                    /** @description Seconds until a retry may succeed */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `UNKNOWN_ERROR`: Something unexpected went wrong */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVICE_UNAVAILABLE`: The service is temporarily unavailable - try again shortly */
            503: {
                headers: {
                    /** @description Seconds until a retry may succeed */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    mcpTokensCreate: {
        parameters: {
            query?: never;
            header?: {
                /** @description Name or id of the tenant that the operator's key acts in; without it, `default`. */
                "X-Evergrant-Tenant"?: components["parameters"]["Tenant"];
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    /** @default null */
                    name?: string | null;
                    /** @description What it may do of what its instance may, in full or by short names; left out, all of it */
                    scopes?: string[];
                    /**
                     * @description The same as the scope `gmail.readonly` alone
                     * @default false
                     */
                    readOnly?: boolean;
                    /** @description When it ends; `null` for never. Left out, as long from now as the deployment says */
                    expiresAt?: string | null;
                    /** @description When it ends, counted from now; instead of `expiresAt` */
                    expiresInSeconds?: number;
                };
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["IssuedMcpToken"];
                };
            };
            /** @description `VALIDATION_FAILED`: The request is not valid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `UNAUTHENTICATED`: Authentication is missing or wrong */
            401: {
                headers: {
                    /** @description `Bearer`, if the key is missing or wrong */
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `FORBIDDEN`: This is not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `NOT_FOUND`: Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `PAYLOAD_TOO_LARGE`: The request body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `UNSUPPORTED_MEDIA_TYPE`: The request body must be application/json */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `RATE_LIMITED`: Too many requests - try again later */
            429: {
                headers: {
                    /** @description Seconds until a retry may succeed */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `UNKNOWN_ERROR`: Something unexpected went wrong */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVICE_UNAVAILABLE`: The service is temporarily unavailable - try again shortly */
            503: {
                headers: {
                    /** @description Seconds until a retry may succeed */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    mcpTokensDelete: {
        parameters: {
            query?: never;
            header?: {
                /** @description Name or id of the tenant that the operator's key acts in; without it, `default`. */
                "X-Evergrant-Tenant"?: components["parameters"]["Tenant"];
            };
            path: {
                id: string;
                tokenId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Deleted */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `VALIDATION_FAILED`: The request is not valid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `UNAUTHENTICATED`: Authentication is missing or wrong */
            401: {
                headers: {
                    /** @description `Bearer`, if the key is missing or wrong */
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `FORBIDDEN`: This is not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `NOT_FOUND`: Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `PAYLOAD_TOO_LARGE`: The request body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `UNSUPPORTED_MEDIA_TYPE`: The request body must be application/json */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `RATE_LIMITED`: Too many requests - try again later */
            429: {
                headers: {
                    /** @description Seconds until a retry may succeed */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `UNKNOWN_ERROR`: Something unexpected went wrong */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVICE_UNAVAILABLE`: The service is temporarily unavailable - try again shortly */
            503: {
                headers: {
                    /** @description Seconds until a retry may succeed */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    instanceTokensRefresh: {
        parameters: {
            query?: never;
            header?: {
                /** @description Name or id of the tenant that the operator's key acts in; without it, `default`. */
                "X-Evergrant-Tenant"?: components["parameters"]["Tenant"];
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    /** @description The token that Gmail rejected; without it Google is asked in any case */
                    rejectedToken?: string;
                };
            };
        };
        responses: {
            /** @description What is known of the access token now held */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refresh"];
                };
            };
            /**
             * @description `INVALID_REQUEST`: Google could not understand the token request
             *
             *     `OAUTH_FLOW_REQUIRED`: This mailbox is not connected yet - a person has to complete the consent flow
             *
             *     `VALIDATION_FAILED`: The request is not valid
             */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /**
             * @description `INVALID_REFRESH_TOKEN`: Token refresh failed - please re-authenticate
             *
             *     `INVALID_CLIENT`: Google rejected this instance's OAuth client - correct its client id and secret
             *
             *     `UNAUTHENTICATED`: Authentication is missing or wrong
             */
            401: {
                headers: {
                    /** @description `Bearer`, if the key is missing or wrong */
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /**
             * @description `INSUFFICIENT_SCOPE`: The granted permissions do not cover this request - please re-authenticate and grant them
             *
             *     `ADMIN_BLOCKED`: The Google Workspace administrator's policy blocks this access
             *
             *     `FORBIDDEN`: This is not allowed
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `NOT_FOUND`: Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `PAYLOAD_TOO_LARGE`: The request body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `UNSUPPORTED_MEDIA_TYPE`: The request body must be application/json */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `RATE_LIMITED`: Too many requests - try again later */
            429: {
                headers: {
                    /** @description Seconds until a retry may succeed */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `UNKNOWN_ERROR`: Something unexpected went wrong */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /**
             * @description `DEPLOYMENT_CLIENT_REJECTED`: Google rejected this deployment's OAuth client - the operator has to correct it
             *
             *     `NETWORK_ERROR`: Google could not be reached - try again shortly
             *
             *     `SERVICE_UNAVAILABLE`: The service is temporarily unavailable - try again shortly
             */
            503: {
                headers: {
                    /** @description Seconds until a retry may succeed */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    instancesStartOAuth: {
        parameters: {
            query?: never;
            header?: {
                /** @description Name or id of the tenant that the operator's key acts in; without it, `default`. */
                "X-Evergrant-Tenant"?: components["parameters"]["Tenant"];
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    /** @description Where the browser ends: an http(s) URL of `PUBLIC_URL` or one of `FRONTEND_ORIGINS` */
                    returnTo?: string;
                    /**
                     * @description Connect no other account than the one that `loginHint` names
                     * @default false
                     */
                    requireHintedAccount?: boolean;
                };
            };
        };
        responses: {
            /** @description A link to our own connect page; opening it spends nothing, its button serves in one browser */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConnectLink"];
                };
            };
            /** @description `VALIDATION_FAILED`: The request is not valid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `UNAUTHENTICATED`: Authentication is missing or wrong */
            401: {
                headers: {
                    /** @description `Bearer`, if the key is missing or wrong */
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `FORBIDDEN`: This is not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `NOT_FOUND`: Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `PAYLOAD_TOO_LARGE`: The request body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `UNSUPPORTED_MEDIA_TYPE`: The request body must be application/json */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `RATE_LIMITED`: Too many requests - try again later */
            429: {
                headers: {
                    /** @description Seconds until a retry may succeed */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `UNKNOWN_ERROR`: Something unexpected went wrong */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVICE_UNAVAILABLE`: The service is temporarily unavailable - try again shortly */
            503: {
                headers: {
                    /** @description Seconds until a retry may succeed */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    openApiDocument: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description An OpenAPI 3.1 document */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": unknown;
                };
            };
            /** @description `UNKNOWN_ERROR`: Something unexpected went wrong */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVICE_UNAVAILABLE`: The service is temporarily unavailable - try again shortly */
            503: {
                headers: {
                    /** @description Seconds until a retry may succeed */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    peopleList: {
        parameters: {
            query?: {
                limit?: number;
                /** @description The `nextCursor` of the page before */
                cursor?: string;
            };
            header?: {
                /** @description Name or id of the tenant that the operator's key acts in; without it, `default`. */
                "X-Evergrant-Tenant"?: components["parameters"]["Tenant"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PersonPage"];
                };
            };
            /** @description `VALIDATION_FAILED`: The request is not valid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `UNAUTHENTICATED`: Authentication is missing or wrong */
            401: {
                headers: {
                    /** @description `Bearer`, if the key is missing or wrong */
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `FORBIDDEN`: This is not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `NOT_FOUND`: Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `RATE_LIMITED`: Too many requests - try again later */
            429: {
                headers: {
                    /** @description Seconds until a retry may succeed */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `UNKNOWN_ERROR`: Something unexpected went wrong */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVICE_UNAVAILABLE`: The service is temporarily unavailable - try again shortly */
            503: {
                headers: {
                    /** @description Seconds until a retry may succeed */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    peopleGet: {
        parameters: {
            query?: never;
            header?: {
                /** @description Name or id of the tenant that the operator's key acts in; without it, `default`. */
                "X-Evergrant-Tenant"?: components["parameters"]["Tenant"];
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Who signed in with Google, of one tenant */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Person"];
                };
            };
            /** @description `UNAUTHENTICATED`: Authentication is missing or wrong */
            401: {
                headers: {
                    /** @description `Bearer`, if the key is missing or wrong */
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `FORBIDDEN`: This is not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `NOT_FOUND`: Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `RATE_LIMITED`: Too many requests - try again later */
            429: {
                headers: {
                    /** @description Seconds until a retry may succeed */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `UNKNOWN_ERROR`: Something unexpected went wrong */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVICE_UNAVAILABLE`: The service is temporarily unavailable - try again shortly */
            503: {
                headers: {
                    /** @description Seconds until a retry may succeed */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    peopleRemove: {
        parameters: {
            query?: {
                /** @description What becomes of the person’s mailboxes: they stay as instances of the tenant, or are deleted with their grants */
                mailboxes?: "keep" | "disconnect";
            };
            header?: {
                /** @description Name or id of the tenant that the operator's key acts in; without it, `default`. */
                "X-Evergrant-Tenant"?: components["parameters"]["Tenant"];
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Ended */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `VALIDATION_FAILED`: The request is not valid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `UNAUTHENTICATED`: Authentication is missing or wrong */
            401: {
                headers: {
                    /** @description `Bearer`, if the key is missing or wrong */
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `FORBIDDEN`: This is not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `NOT_FOUND`: Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `PAYLOAD_TOO_LARGE`: The request body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `UNSUPPORTED_MEDIA_TYPE`: The request body must be application/json */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `RATE_LIMITED`: Too many requests - try again later */
            429: {
                headers: {
                    /** @description Seconds until a retry may succeed */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `UNKNOWN_ERROR`: Something unexpected went wrong */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVICE_UNAVAILABLE`: The service is temporarily unavailable - try again shortly */
            503: {
                headers: {
                    /** @description Seconds until a retry may succeed */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    personAuthorizationsGet: {
        parameters: {
            query?: never;
            header?: {
                /** @description Name or id of the tenant that the operator's key acts in; without it, `default`. */
                "X-Evergrant-Tenant"?: components["parameters"]["Tenant"];
            };
            path: {
                id: string;
                authorizationId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What a person let one MCP client do */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Authorization"];
                };
            };
            /** @description `UNAUTHENTICATED`: Authentication is missing or wrong */
            401: {
                headers: {
                    /** @description `Bearer`, if the key is missing or wrong */
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `FORBIDDEN`: This is not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `NOT_FOUND`: Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `RATE_LIMITED`: Too many requests - try again later */
            429: {
                headers: {
                    /** @description Seconds until a retry may succeed */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `UNKNOWN_ERROR`: Something unexpected went wrong */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVICE_UNAVAILABLE`: The service is temporarily unavailable - try again shortly */
            503: {
                headers: {
                    /** @description Seconds until a retry may succeed */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    personAuthorizationsEnd: {
        parameters: {
            query?: never;
            header?: {
                /** @description Name or id of the tenant that the operator's key acts in; without it, `default`. */
                "X-Evergrant-Tenant"?: components["parameters"]["Tenant"];
            };
            path: {
                id: string;
                authorizationId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Ended */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `VALIDATION_FAILED`: The request is not valid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `UNAUTHENTICATED`: Authentication is missing or wrong */
            401: {
                headers: {
                    /** @description `Bearer`, if the key is missing or wrong */
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `FORBIDDEN`: This is not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `NOT_FOUND`: Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `PAYLOAD_TOO_LARGE`: The request body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `UNSUPPORTED_MEDIA_TYPE`: The request body must be application/json */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `RATE_LIMITED`: Too many requests - try again later */
            429: {
                headers: {
                    /** @description Seconds until a retry may succeed */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `UNKNOWN_ERROR`: Something unexpected went wrong */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVICE_UNAVAILABLE`: The service is temporarily unavailable - try again shortly */
            503: {
                headers: {
                    /** @description Seconds until a retry may succeed */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    policyGet: {
        parameters: {
            query?: never;
            header?: {
                /** @description Name or id of the tenant that the operator's key acts in; without it, `default`. */
                "X-Evergrant-Tenant"?: components["parameters"]["Tenant"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What may leave the mailboxes of a tenant */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TenantPolicy"];
                };
            };
            /** @description `UNAUTHENTICATED`: Authentication is missing or wrong */
            401: {
                headers: {
                    /** @description `Bearer`, if the key is missing or wrong */
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `FORBIDDEN`: This is not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `NOT_FOUND`: Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `RATE_LIMITED`: Too many requests - try again later */
            429: {
                headers: {
                    /** @description Seconds until a retry may succeed */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `UNKNOWN_ERROR`: Something unexpected went wrong */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVICE_UNAVAILABLE`: The service is temporarily unavailable - try again shortly */
            503: {
                headers: {
                    /** @description Seconds until a retry may succeed */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    policyReplace: {
        parameters: {
            query?: never;
            header?: {
                /** @description Name or id of the tenant that the operator's key acts in; without it, `default`. */
                "X-Evergrant-Tenant"?: components["parameters"]["Tenant"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description By kind of act. What goes on by itself (`forwarding_filter`, `vacation`, `forwarding`, `delegate`) is `ask` unless said otherwise */
                    acts?: {
                        /** @enum {string} */
                        send?: "allow" | "ask" | "deny";
                        /** @enum {string} */
                        reply?: "allow" | "ask" | "deny";
                        /** @enum {string} */
                        forward?: "allow" | "ask" | "deny";
                        /** @enum {string} */
                        send_draft?: "allow" | "ask" | "deny";
                        /** @enum {string} */
                        unsubscribe?: "allow" | "ask" | "deny";
                        /** @enum {string} */
                        forwarding_filter?: "allow" | "ask" | "deny";
                        /** @enum {string} */
                        vacation?: "allow" | "ask" | "deny";
                        /** @enum {string} */
                        forwarding?: "allow" | "ask" | "deny";
                        /** @enum {string} */
                        delegate?: "allow" | "ask" | "deny";
                    };
                    /**
                     * @description Recipients to whom the mailbox has never written; `ask` unless said otherwise
                     * @enum {string}
                     */
                    newRecipients?: "allow" | "ask" | "deny";
                    /**
                     * @description Recipients who take part in the conversation; `allow` unless said otherwise
                     * @enum {string}
                     */
                    conversations?: "allow" | "ask" | "deny";
                    /** @description Who counts as known to the mailbox, though it has never written to them: addresses (`ada@example.com`), domains (`@example.com`) and domains with all below them (`@*.example.com`) */
                    trustedRecipients?: string[];
                    /** @description The only ones to whom anything may go, which makes none of them known: addresses (`ada@example.com`), domains (`@example.com`) and domains with all below them (`@*.example.com`). Left out, all */
                    allowRecipients?: string[];
                    /** @description To whom nothing may go: addresses (`ada@example.com`), domains (`@example.com`) and domains with all below them (`@*.example.com`) */
                    denyRecipients?: string[];
                    /** @description Whether all but people whom the mailbox has written to or heard from are denied */
                    onlyKnownRecipients?: boolean;
                    /** @description Outbound acts in any hour; the lowest of all limits counts */
                    messagesPerHour?: number;
                    /** @description Outbound acts in any 24 hours */
                    messagesPerDay?: number;
                    /** @description Recipients in any hour, to, cc and bcc together */
                    recipientsPerHour?: number;
                    /** @description Recipients in any 24 hours */
                    recipientsPerDay?: number;
                    /**
                     * @description Files that are not of the conversation: uploaded ones and those of other mail; `allow` unless said otherwise
                     * @enum {string}
                     */
                    outsideFiles?: "allow" | "ask" | "deny";
                    /**
                     * @description Text that looks like a password, a key or a one-time code, and files of other mail for recipients to whom the mailbox has never written; `ask` unless said otherwise
                     * @enum {string}
                     */
                    secrets?: "allow" | "ask" | "deny";
                    /** @description How long a held act waits for a decision; 24 unless said otherwise */
                    approvalLifeHours?: number;
                    /** @description Whether every act is only decided on, and nothing leaves */
                    dryRun?: boolean;
                    /** @description Fields in which an instance may only be stricter */
                    locked?: ("acts" | "newRecipients" | "conversations" | "trustedRecipients" | "allowRecipients" | "denyRecipients" | "onlyKnownRecipients" | "messagesPerHour" | "messagesPerDay" | "recipientsPerHour" | "recipientsPerDay" | "outsideFiles" | "secrets" | "approvalLifeHours" | "dryRun")[];
                };
            };
        };
        responses: {
            /** @description What may leave the mailboxes of a tenant */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TenantPolicy"];
                };
            };
            /** @description `VALIDATION_FAILED`: The request is not valid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `UNAUTHENTICATED`: Authentication is missing or wrong */
            401: {
                headers: {
                    /** @description `Bearer`, if the key is missing or wrong */
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `FORBIDDEN`: This is not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `NOT_FOUND`: Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `PAYLOAD_TOO_LARGE`: The request body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `UNSUPPORTED_MEDIA_TYPE`: The request body must be application/json */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `RATE_LIMITED`: Too many requests - try again later */
            429: {
                headers: {
                    /** @description Seconds until a retry may succeed */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `UNKNOWN_ERROR`: Something unexpected went wrong */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVICE_UNAVAILABLE`: The service is temporarily unavailable - try again shortly */
            503: {
                headers: {
                    /** @description Seconds until a retry may succeed */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    sessionGet: {
        parameters: {
            query?: never;
            header?: {
                /** @description Name or id of the tenant that the operator's key acts in; without it, `default`. */
                "X-Evergrant-Tenant"?: components["parameters"]["Tenant"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Who one is */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Session"];
                };
            };
            /** @description `UNAUTHENTICATED`: Authentication is missing or wrong */
            401: {
                headers: {
                    /** @description `Bearer`, if the key is missing or wrong */
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `FORBIDDEN`: This is not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `NOT_FOUND`: Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `RATE_LIMITED`: Too many requests - try again later */
            429: {
                headers: {
                    /** @description Seconds until a retry may succeed */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `UNKNOWN_ERROR`: Something unexpected went wrong */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVICE_UNAVAILABLE`: The service is temporarily unavailable - try again shortly */
            503: {
                headers: {
                    /** @description Seconds until a retry may succeed */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    sessionOpen: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    apiKey?: string;
                    /** @description Of the one-time link that a first run prints; instead of `apiKey` */
                    code?: string;
                };
            };
        };
        responses: {
            /** @description Who one is */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Session"];
                };
            };
            /** @description `VALIDATION_FAILED`: The request is not valid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `UNAUTHENTICATED`: Authentication is missing or wrong */
            401: {
                headers: {
                    /** @description `Bearer`, if the key is missing or wrong */
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `FORBIDDEN`: This is not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `NOT_FOUND`: Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `PAYLOAD_TOO_LARGE`: The request body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `UNSUPPORTED_MEDIA_TYPE`: The request body must be application/json */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `RATE_LIMITED`: Too many requests - try again later */
            429: {
                headers: {
                    /** @description Seconds until a retry may succeed */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `UNKNOWN_ERROR`: Something unexpected went wrong */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVICE_UNAVAILABLE`: The service is temporarily unavailable - try again shortly */
            503: {
                headers: {
                    /** @description Seconds until a retry may succeed */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    sessionClose: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Closed */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `VALIDATION_FAILED`: The request is not valid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `FORBIDDEN`: This is not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `PAYLOAD_TOO_LARGE`: The request body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `UNSUPPORTED_MEDIA_TYPE`: The request body must be application/json */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `UNKNOWN_ERROR`: Something unexpected went wrong */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVICE_UNAVAILABLE`: The service is temporarily unavailable - try again shortly */
            503: {
                headers: {
                    /** @description Seconds until a retry may succeed */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    setupTell: {
        parameters: {
            query?: never;
            header?: {
                /** @description Name or id of the tenant that the operator's key acts in; without it, `default`. */
                "X-Evergrant-Tenant"?: components["parameters"]["Tenant"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description How the deployment is set up with Google, and what Google's console needs */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Setup"];
                };
            };
            /** @description `UNAUTHENTICATED`: Authentication is missing or wrong */
            401: {
                headers: {
                    /** @description `Bearer`, if the key is missing or wrong */
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `FORBIDDEN`: This is not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `NOT_FOUND`: Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `RATE_LIMITED`: Too many requests - try again later */
            429: {
                headers: {
                    /** @description Seconds until a retry may succeed */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `UNKNOWN_ERROR`: Something unexpected went wrong */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVICE_UNAVAILABLE`: The service is temporarily unavailable - try again shortly */
            503: {
                headers: {
                    /** @description Seconds until a retry may succeed */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    setupCheck: {
        parameters: {
            query?: never;
            header?: {
                /** @description Name or id of the tenant that the operator's key acts in; without it, `default`. */
                "X-Evergrant-Tenant"?: components["parameters"]["Tenant"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    clientId?: string;
                    clientSecret?: string;
                };
            };
        };
        responses: {
            /** @description What was found, in the order in which one sets it up */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SetupChecks"];
                };
            };
            /** @description `VALIDATION_FAILED`: The request is not valid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `UNAUTHENTICATED`: Authentication is missing or wrong */
            401: {
                headers: {
                    /** @description `Bearer`, if the key is missing or wrong */
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `FORBIDDEN`: This is not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `NOT_FOUND`: Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `PAYLOAD_TOO_LARGE`: The request body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `UNSUPPORTED_MEDIA_TYPE`: The request body must be application/json */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `RATE_LIMITED`: Too many requests - try again later */
            429: {
                headers: {
                    /** @description Seconds until a retry may succeed */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `UNKNOWN_ERROR`: Something unexpected went wrong */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVICE_UNAVAILABLE`: The service is temporarily unavailable - try again shortly */
            503: {
                headers: {
                    /** @description Seconds until a retry may succeed */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    tenantsList: {
        parameters: {
            query?: {
                limit?: number;
                /** @description The `nextCursor` of the page before */
                cursor?: string;
            };
            header?: {
                /** @description Name or id of the tenant that the operator's key acts in; without it, `default`. */
                "X-Evergrant-Tenant"?: components["parameters"]["Tenant"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TenantPage"];
                };
            };
            /** @description `VALIDATION_FAILED`: The request is not valid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `UNAUTHENTICATED`: Authentication is missing or wrong */
            401: {
                headers: {
                    /** @description `Bearer`, if the key is missing or wrong */
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `FORBIDDEN`: This is not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `NOT_FOUND`: Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `RATE_LIMITED`: Too many requests - try again later */
            429: {
                headers: {
                    /** @description Seconds until a retry may succeed */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `UNKNOWN_ERROR`: Something unexpected went wrong */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVICE_UNAVAILABLE`: The service is temporarily unavailable - try again shortly */
            503: {
                headers: {
                    /** @description Seconds until a retry may succeed */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    tenantsCreate: {
        parameters: {
            query?: never;
            header?: {
                /** @description Name or id of the tenant that the operator's key acts in; without it, `default`. */
                "X-Evergrant-Tenant"?: components["parameters"]["Tenant"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    name: string;
                };
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CreatedTenant"];
                };
            };
            /** @description `VALIDATION_FAILED`: The request is not valid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `UNAUTHENTICATED`: Authentication is missing or wrong */
            401: {
                headers: {
                    /** @description `Bearer`, if the key is missing or wrong */
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `FORBIDDEN`: This is not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `NOT_FOUND`: Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `CONFLICT`: The request conflicts with the current state */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `PAYLOAD_TOO_LARGE`: The request body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `UNSUPPORTED_MEDIA_TYPE`: The request body must be application/json */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `RATE_LIMITED`: Too many requests - try again later */
            429: {
                headers: {
                    /** @description Seconds until a retry may succeed */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `UNKNOWN_ERROR`: Something unexpected went wrong */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVICE_UNAVAILABLE`: The service is temporarily unavailable - try again shortly */
            503: {
                headers: {
                    /** @description Seconds until a retry may succeed */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    tenantsGet: {
        parameters: {
            query?: never;
            header?: {
                /** @description Name or id of the tenant that the operator's key acts in; without it, `default`. */
                "X-Evergrant-Tenant"?: components["parameters"]["Tenant"];
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description An organisation or team; nothing of it is visible to another */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Tenant"];
                };
            };
            /** @description `UNAUTHENTICATED`: Authentication is missing or wrong */
            401: {
                headers: {
                    /** @description `Bearer`, if the key is missing or wrong */
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `FORBIDDEN`: This is not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `NOT_FOUND`: Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `RATE_LIMITED`: Too many requests - try again later */
            429: {
                headers: {
                    /** @description Seconds until a retry may succeed */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `UNKNOWN_ERROR`: Something unexpected went wrong */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVICE_UNAVAILABLE`: The service is temporarily unavailable - try again shortly */
            503: {
                headers: {
                    /** @description Seconds until a retry may succeed */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    tenantsDelete: {
        parameters: {
            query?: never;
            header?: {
                /** @description Name or id of the tenant that the operator's key acts in; without it, `default`. */
                "X-Evergrant-Tenant"?: components["parameters"]["Tenant"];
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Deleted */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `VALIDATION_FAILED`: The request is not valid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `UNAUTHENTICATED`: Authentication is missing or wrong */
            401: {
                headers: {
                    /** @description `Bearer`, if the key is missing or wrong */
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `FORBIDDEN`: This is not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `NOT_FOUND`: Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `CONFLICT`: The request conflicts with the current state */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `PAYLOAD_TOO_LARGE`: The request body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `UNSUPPORTED_MEDIA_TYPE`: The request body must be application/json */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `RATE_LIMITED`: Too many requests - try again later */
            429: {
                headers: {
                    /** @description Seconds until a retry may succeed */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `UNKNOWN_ERROR`: Something unexpected went wrong */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVICE_UNAVAILABLE`: The service is temporarily unavailable - try again shortly */
            503: {
                headers: {
                    /** @description Seconds until a retry may succeed */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    tenantsUpdate: {
        parameters: {
            query?: never;
            header?: {
                /** @description Name or id of the tenant that the operator's key acts in; without it, `default`. */
                "X-Evergrant-Tenant"?: components["parameters"]["Tenant"];
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    suspended?: boolean;
                    /** @description The whole policy; null for the defaults */
                    policy?: {
                        /** @description By kind of act. What goes on by itself (`forwarding_filter`, `vacation`, `forwarding`, `delegate`) is `ask` unless said otherwise */
                        acts?: {
                            /** @enum {string} */
                            send?: "allow" | "ask" | "deny";
                            /** @enum {string} */
                            reply?: "allow" | "ask" | "deny";
                            /** @enum {string} */
                            forward?: "allow" | "ask" | "deny";
                            /** @enum {string} */
                            send_draft?: "allow" | "ask" | "deny";
                            /** @enum {string} */
                            unsubscribe?: "allow" | "ask" | "deny";
                            /** @enum {string} */
                            forwarding_filter?: "allow" | "ask" | "deny";
                            /** @enum {string} */
                            vacation?: "allow" | "ask" | "deny";
                            /** @enum {string} */
                            forwarding?: "allow" | "ask" | "deny";
                            /** @enum {string} */
                            delegate?: "allow" | "ask" | "deny";
                        };
                        /**
                         * @description Recipients to whom the mailbox has never written; `ask` unless said otherwise
                         * @enum {string}
                         */
                        newRecipients?: "allow" | "ask" | "deny";
                        /**
                         * @description Recipients who take part in the conversation; `allow` unless said otherwise
                         * @enum {string}
                         */
                        conversations?: "allow" | "ask" | "deny";
                        /** @description Who counts as known to the mailbox, though it has never written to them: addresses (`ada@example.com`), domains (`@example.com`) and domains with all below them (`@*.example.com`) */
                        trustedRecipients?: string[];
                        /** @description The only ones to whom anything may go, which makes none of them known: addresses (`ada@example.com`), domains (`@example.com`) and domains with all below them (`@*.example.com`). Left out, all */
                        allowRecipients?: string[];
                        /** @description To whom nothing may go: addresses (`ada@example.com`), domains (`@example.com`) and domains with all below them (`@*.example.com`) */
                        denyRecipients?: string[];
                        /** @description Whether all but people whom the mailbox has written to or heard from are denied */
                        onlyKnownRecipients?: boolean;
                        /** @description Outbound acts in any hour; the lowest of all limits counts */
                        messagesPerHour?: number;
                        /** @description Outbound acts in any 24 hours */
                        messagesPerDay?: number;
                        /** @description Recipients in any hour, to, cc and bcc together */
                        recipientsPerHour?: number;
                        /** @description Recipients in any 24 hours */
                        recipientsPerDay?: number;
                        /**
                         * @description Files that are not of the conversation: uploaded ones and those of other mail; `allow` unless said otherwise
                         * @enum {string}
                         */
                        outsideFiles?: "allow" | "ask" | "deny";
                        /**
                         * @description Text that looks like a password, a key or a one-time code, and files of other mail for recipients to whom the mailbox has never written; `ask` unless said otherwise
                         * @enum {string}
                         */
                        secrets?: "allow" | "ask" | "deny";
                        /** @description How long a held act waits for a decision; 24 unless said otherwise */
                        approvalLifeHours?: number;
                        /** @description Whether every act is only decided on, and nothing leaves */
                        dryRun?: boolean;
                        /** @description Fields in which an instance may only be stricter */
                        locked?: ("acts" | "newRecipients" | "conversations" | "trustedRecipients" | "allowRecipients" | "denyRecipients" | "onlyKnownRecipients" | "messagesPerHour" | "messagesPerDay" | "recipientsPerHour" | "recipientsPerDay" | "outsideFiles" | "secrets" | "approvalLifeHours" | "dryRun")[];
                    } | null;
                };
            };
        };
        responses: {
            /** @description An organisation or team; nothing of it is visible to another */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Tenant"];
                };
            };
            /** @description `VALIDATION_FAILED`: The request is not valid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `UNAUTHENTICATED`: Authentication is missing or wrong */
            401: {
                headers: {
                    /** @description `Bearer`, if the key is missing or wrong */
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `FORBIDDEN`: This is not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `NOT_FOUND`: Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `PAYLOAD_TOO_LARGE`: The request body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `UNSUPPORTED_MEDIA_TYPE`: The request body must be application/json */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `RATE_LIMITED`: Too many requests - try again later */
            429: {
                headers: {
                    /** @description Seconds until a retry may succeed */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `UNKNOWN_ERROR`: Something unexpected went wrong */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVICE_UNAVAILABLE`: The service is temporarily unavailable - try again shortly */
            503: {
                headers: {
                    /** @description Seconds until a retry may succeed */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    apiKeysList: {
        parameters: {
            query?: {
                limit?: number;
                /** @description The `nextCursor` of the page before */
                cursor?: string;
            };
            header?: {
                /** @description Name or id of the tenant that the operator's key acts in; without it, `default`. */
                "X-Evergrant-Tenant"?: components["parameters"]["Tenant"];
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApiKeyPage"];
                };
            };
            /** @description `VALIDATION_FAILED`: The request is not valid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `UNAUTHENTICATED`: Authentication is missing or wrong */
            401: {
                headers: {
                    /** @description `Bearer`, if the key is missing or wrong */
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `FORBIDDEN`: This is not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `NOT_FOUND`: Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `RATE_LIMITED`: Too many requests - try again later */
            429: {
                headers: {
                    /** @description Seconds until a retry may succeed */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `UNKNOWN_ERROR`: Something unexpected went wrong */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVICE_UNAVAILABLE`: The service is temporarily unavailable - try again shortly */
            503: {
                headers: {
                    /** @description Seconds until a retry may succeed */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    apiKeysCreate: {
        parameters: {
            query?: never;
            header?: {
                /** @description Name or id of the tenant that the operator's key acts in; without it, `default`. */
                "X-Evergrant-Tenant"?: components["parameters"]["Tenant"];
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    name: string;
                    /**
                     * @default [
                     *       "instances:read",
                     *       "instances:write"
                     *     ]
                     */
                    rights?: ("instances:read" | "instances:write" | "access-tokens:read" | "access-tokens:wider" | "audit:read" | "policy:write" | "approvals:decide" | "people:read" | "people:write" | "webhooks:read" | "webhooks:write")[];
                    /** @description When it ends; `null` for never. Left out, as long from now as the deployment says */
                    expiresAt?: string | null;
                    /** @description When it ends, counted from now; instead of `expiresAt` */
                    expiresInSeconds?: number;
                };
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CreatedApiKey"];
                };
            };
            /** @description `VALIDATION_FAILED`: The request is not valid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `UNAUTHENTICATED`: Authentication is missing or wrong */
            401: {
                headers: {
                    /** @description `Bearer`, if the key is missing or wrong */
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `FORBIDDEN`: This is not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `NOT_FOUND`: Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `PAYLOAD_TOO_LARGE`: The request body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `UNSUPPORTED_MEDIA_TYPE`: The request body must be application/json */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `RATE_LIMITED`: Too many requests - try again later */
            429: {
                headers: {
                    /** @description Seconds until a retry may succeed */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `UNKNOWN_ERROR`: Something unexpected went wrong */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVICE_UNAVAILABLE`: The service is temporarily unavailable - try again shortly */
            503: {
                headers: {
                    /** @description Seconds until a retry may succeed */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    apiKeysDelete: {
        parameters: {
            query?: never;
            header?: {
                /** @description Name or id of the tenant that the operator's key acts in; without it, `default`. */
                "X-Evergrant-Tenant"?: components["parameters"]["Tenant"];
            };
            path: {
                id: string;
                keyId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Deleted */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `VALIDATION_FAILED`: The request is not valid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `UNAUTHENTICATED`: Authentication is missing or wrong */
            401: {
                headers: {
                    /** @description `Bearer`, if the key is missing or wrong */
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `FORBIDDEN`: This is not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `NOT_FOUND`: Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `PAYLOAD_TOO_LARGE`: The request body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `UNSUPPORTED_MEDIA_TYPE`: The request body must be application/json */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `RATE_LIMITED`: Too many requests - try again later */
            429: {
                headers: {
                    /** @description Seconds until a retry may succeed */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `UNKNOWN_ERROR`: Something unexpected went wrong */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVICE_UNAVAILABLE`: The service is temporarily unavailable - try again shortly */
            503: {
                headers: {
                    /** @description Seconds until a retry may succeed */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    uploadsUpload: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                link: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UploadedFile"];
                };
            };
            /** @description Not all of it is there yet. */
            308: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `VALIDATION_FAILED`: The request is not valid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `FORBIDDEN`: This is not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `NOT_FOUND`: Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `PAYLOAD_TOO_LARGE`: The request body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `UNSUPPORTED_MEDIA_TYPE`: The request body must be application/json */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `RATE_LIMITED`: Too many requests - try again later */
            429: {
                headers: {
                    /** @description Seconds until a retry may succeed */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `UNKNOWN_ERROR`: Something unexpected went wrong */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVICE_UNAVAILABLE`: The service is temporarily unavailable - try again shortly */
            503: {
                headers: {
                    /** @description Seconds until a retry may succeed */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    webhooksList: {
        parameters: {
            query?: {
                limit?: number;
                /** @description The `nextCursor` of the page before */
                cursor?: string;
            };
            header?: {
                /** @description Name or id of the tenant that the operator's key acts in; without it, `default`. */
                "X-Evergrant-Tenant"?: components["parameters"]["Tenant"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Webhooks in the order of their creation */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookPage"];
                };
            };
            /** @description `VALIDATION_FAILED`: The request is not valid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `UNAUTHENTICATED`: Authentication is missing or wrong */
            401: {
                headers: {
                    /** @description `Bearer`, if the key is missing or wrong */
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `FORBIDDEN`: This is not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `NOT_FOUND`: Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `RATE_LIMITED`: Too many requests - try again later */
            429: {
                headers: {
                    /** @description Seconds until a retry may succeed */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `UNKNOWN_ERROR`: Something unexpected went wrong */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVICE_UNAVAILABLE`: The service is temporarily unavailable - try again shortly */
            503: {
                headers: {
                    /** @description Seconds until a retry may succeed */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    webhooksCreate: {
        parameters: {
            query?: never;
            header?: {
                /** @description Name or id of the tenant that the operator's key acts in; without it, `default`. */
                "X-Evergrant-Tenant"?: components["parameters"]["Tenant"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description Where events are sent by POST: https, on the public Internet; outside production also this machine, over http as well */
                    url: string;
                    /** @description Which events it is told; null for all, later ones included */
                    events?: ("instance.connected" | "instance.degraded" | "instance.requires_reauth" | "instance.disconnected" | "approval.requested" | "approval.decided" | "mailbox.changed")[] | null;
                };
            };
        };
        responses: {
            /** @description A new webhook with its secret */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CreatedWebhook"];
                };
            };
            /** @description `VALIDATION_FAILED`: The request is not valid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `UNAUTHENTICATED`: Authentication is missing or wrong */
            401: {
                headers: {
                    /** @description `Bearer`, if the key is missing or wrong */
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `FORBIDDEN`: This is not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `NOT_FOUND`: Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `CONFLICT`: The request conflicts with the current state */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `PAYLOAD_TOO_LARGE`: The request body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `UNSUPPORTED_MEDIA_TYPE`: The request body must be application/json */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `RATE_LIMITED`: Too many requests - try again later */
            429: {
                headers: {
                    /** @description Seconds until a retry may succeed */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `UNKNOWN_ERROR`: Something unexpected went wrong */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVICE_UNAVAILABLE`: The service is temporarily unavailable - try again shortly */
            503: {
                headers: {
                    /** @description Seconds until a retry may succeed */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    webhooksGet: {
        parameters: {
            query?: never;
            header?: {
                /** @description Name or id of the tenant that the operator's key acts in; without it, `default`. */
                "X-Evergrant-Tenant"?: components["parameters"]["Tenant"];
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Where events are told */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Webhook"];
                };
            };
            /** @description `UNAUTHENTICATED`: Authentication is missing or wrong */
            401: {
                headers: {
                    /** @description `Bearer`, if the key is missing or wrong */
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `FORBIDDEN`: This is not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `NOT_FOUND`: Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `RATE_LIMITED`: Too many requests - try again later */
            429: {
                headers: {
                    /** @description Seconds until a retry may succeed */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `UNKNOWN_ERROR`: Something unexpected went wrong */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVICE_UNAVAILABLE`: The service is temporarily unavailable - try again shortly */
            503: {
                headers: {
                    /** @description Seconds until a retry may succeed */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    webhooksDelete: {
        parameters: {
            query?: never;
            header?: {
                /** @description Name or id of the tenant that the operator's key acts in; without it, `default`. */
                "X-Evergrant-Tenant"?: components["parameters"]["Tenant"];
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Deleted */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `VALIDATION_FAILED`: The request is not valid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `UNAUTHENTICATED`: Authentication is missing or wrong */
            401: {
                headers: {
                    /** @description `Bearer`, if the key is missing or wrong */
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `FORBIDDEN`: This is not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `NOT_FOUND`: Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `PAYLOAD_TOO_LARGE`: The request body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `UNSUPPORTED_MEDIA_TYPE`: The request body must be application/json */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `RATE_LIMITED`: Too many requests - try again later */
            429: {
                headers: {
                    /** @description Seconds until a retry may succeed */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `UNKNOWN_ERROR`: Something unexpected went wrong */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVICE_UNAVAILABLE`: The service is temporarily unavailable - try again shortly */
            503: {
                headers: {
                    /** @description Seconds until a retry may succeed */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    webhooksUpdate: {
        parameters: {
            query?: never;
            header?: {
                /** @description Name or id of the tenant that the operator's key acts in; without it, `default`. */
                "X-Evergrant-Tenant"?: components["parameters"]["Tenant"];
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description Where events are sent by POST: https, on the public Internet; outside production also this machine, over http as well */
                    url?: string;
                    /** @description Which events it is told; null for all, later ones included */
                    events?: ("instance.connected" | "instance.degraded" | "instance.requires_reauth" | "instance.disconnected" | "approval.requested" | "approval.decided" | "mailbox.changed")[] | null;
                    /** @description Switched off it is told nothing: what happens meanwhile is not told later, what waits is */
                    enabled?: boolean;
                };
            };
        };
        responses: {
            /** @description Where events are told */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Webhook"];
                };
            };
            /** @description `VALIDATION_FAILED`: The request is not valid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `UNAUTHENTICATED`: Authentication is missing or wrong */
            401: {
                headers: {
                    /** @description `Bearer`, if the key is missing or wrong */
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `FORBIDDEN`: This is not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `NOT_FOUND`: Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `PAYLOAD_TOO_LARGE`: The request body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `UNSUPPORTED_MEDIA_TYPE`: The request body must be application/json */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `RATE_LIMITED`: Too many requests - try again later */
            429: {
                headers: {
                    /** @description Seconds until a retry may succeed */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `UNKNOWN_ERROR`: Something unexpected went wrong */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVICE_UNAVAILABLE`: The service is temporarily unavailable - try again shortly */
            503: {
                headers: {
                    /** @description Seconds until a retry may succeed */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    deliveriesList: {
        parameters: {
            query?: {
                limit?: number;
                /** @description The `nextCursor` of the page before */
                cursor?: string;
                /** @description Only those; all without it */
                status?: "pending" | "failed" | "delivered" | "given_up";
            };
            header?: {
                /** @description Name or id of the tenant that the operator's key acts in; without it, `default`. */
                "X-Evergrant-Tenant"?: components["parameters"]["Tenant"];
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Deliveries, newest first */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookDeliveryPage"];
                };
            };
            /** @description `VALIDATION_FAILED`: The request is not valid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `UNAUTHENTICATED`: Authentication is missing or wrong */
            401: {
                headers: {
                    /** @description `Bearer`, if the key is missing or wrong */
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `FORBIDDEN`: This is not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `NOT_FOUND`: Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `RATE_LIMITED`: Too many requests - try again later */
            429: {
                headers: {
                    /** @description Seconds until a retry may succeed */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `UNKNOWN_ERROR`: Something unexpected went wrong */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVICE_UNAVAILABLE`: The service is temporarily unavailable - try again shortly */
            503: {
                headers: {
                    /** @description Seconds until a retry may succeed */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    deliveriesReplay: {
        parameters: {
            query?: never;
            header?: {
                /** @description Name or id of the tenant that the operator's key acts in; without it, `default`. */
                "X-Evergrant-Tenant"?: components["parameters"]["Tenant"];
            };
            path: {
                id: string;
                deliveryId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One event on its way to one webhook */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookDelivery"];
                };
            };
            /** @description `VALIDATION_FAILED`: The request is not valid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `UNAUTHENTICATED`: Authentication is missing or wrong */
            401: {
                headers: {
                    /** @description `Bearer`, if the key is missing or wrong */
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `FORBIDDEN`: This is not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `NOT_FOUND`: Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `CONFLICT`: The request conflicts with the current state */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `PAYLOAD_TOO_LARGE`: The request body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `UNSUPPORTED_MEDIA_TYPE`: The request body must be application/json */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `RATE_LIMITED`: Too many requests - try again later */
            429: {
                headers: {
                    /** @description Seconds until a retry may succeed */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `UNKNOWN_ERROR`: Something unexpected went wrong */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVICE_UNAVAILABLE`: The service is temporarily unavailable - try again shortly */
            503: {
                headers: {
                    /** @description Seconds until a retry may succeed */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    webhooksRotate: {
        parameters: {
            query?: never;
            header?: {
                /** @description Name or id of the tenant that the operator's key acts in; without it, `default`. */
                "X-Evergrant-Tenant"?: components["parameters"]["Tenant"];
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /**
                     * @description For how long the secret before signs too; a day, if nothing is said
                     * @default 86400
                     */
                    overlapSeconds?: number;
                };
            };
        };
        responses: {
            /** @description A new secret */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookSecret"];
                };
            };
            /** @description `VALIDATION_FAILED`: The request is not valid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `UNAUTHENTICATED`: Authentication is missing or wrong */
            401: {
                headers: {
                    /** @description `Bearer`, if the key is missing or wrong */
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `FORBIDDEN`: This is not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `NOT_FOUND`: Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `PAYLOAD_TOO_LARGE`: The request body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `UNSUPPORTED_MEDIA_TYPE`: The request body must be application/json */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `RATE_LIMITED`: Too many requests - try again later */
            429: {
                headers: {
                    /** @description Seconds until a retry may succeed */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `UNKNOWN_ERROR`: Something unexpected went wrong */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVICE_UNAVAILABLE`: The service is temporarily unavailable - try again shortly */
            503: {
                headers: {
                    /** @description Seconds until a retry may succeed */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    deliveriesTest: {
        parameters: {
            query?: never;
            header?: {
                /** @description Name or id of the tenant that the operator's key acts in; without it, `default`. */
                "X-Evergrant-Tenant"?: components["parameters"]["Tenant"];
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One event on its way to one webhook */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookDelivery"];
                };
            };
            /** @description `VALIDATION_FAILED`: The request is not valid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `UNAUTHENTICATED`: Authentication is missing or wrong */
            401: {
                headers: {
                    /** @description `Bearer`, if the key is missing or wrong */
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `FORBIDDEN`: This is not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `NOT_FOUND`: Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `PAYLOAD_TOO_LARGE`: The request body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `UNSUPPORTED_MEDIA_TYPE`: The request body must be application/json */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `RATE_LIMITED`: Too many requests - try again later */
            429: {
                headers: {
                    /** @description Seconds until a retry may succeed */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `UNKNOWN_ERROR`: Something unexpected went wrong */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVICE_UNAVAILABLE`: The service is temporarily unavailable - try again shortly */
            503: {
                headers: {
                    /** @description Seconds until a retry may succeed */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    approvalPageOpen: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Our own page: what is to go out, or how to sign in */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/html": unknown;
                };
            };
            /** @description A page: something went wrong */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                    "text/html": unknown;
                };
            };
            /** @description A page: the database cannot be reached, reload it shortly */
            503: {
                headers: {
                    /** @description Seconds until a retry may succeed */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                    "text/html": unknown;
                };
            };
        };
    };
    approvalPageDecide: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description To the page, which tells what was decided, or how to sign in */
            303: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `VALIDATION_FAILED`: The request is not valid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Posted by another page than that of the approval */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/html": unknown;
                };
            };
            /** @description Not decided: the content is not the one that was read */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/html": unknown;
                };
            };
            /** @description `PAYLOAD_TOO_LARGE`: The request body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `UNSUPPORTED_MEDIA_TYPE`: The request body must be application/json */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Not decided: the instance has sent what it may */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/html": unknown;
                };
            };
            /** @description A page: something went wrong */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                    "text/html": unknown;
                };
            };
            /** @description A page: the database cannot be reached, reload it shortly */
            503: {
                headers: {
                    /** @description Seconds until a retry may succeed */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                    "text/html": unknown;
                };
            };
        };
    };
    ownerSignInBegin: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description To Google */
            303: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `VALIDATION_FAILED`: The request is not valid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Posted by another page than ours */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/html": unknown;
                };
            };
            /** @description `PAYLOAD_TOO_LARGE`: The request body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `UNSUPPORTED_MEDIA_TYPE`: The request body must be application/json */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A page: something went wrong */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                    "text/html": unknown;
                };
            };
            /** @description A page: the database cannot be reached, reload it shortly */
            503: {
                headers: {
                    /** @description Seconds until a retry may succeed */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                    "text/html": unknown;
                };
            };
        };
    };
    ownerSignInEnd: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description To the page of the approval */
            303: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `VALIDATION_FAILED`: The request is not valid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Posted by another page than ours */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/html": unknown;
                };
            };
            /** @description `PAYLOAD_TOO_LARGE`: The request body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `UNSUPPORTED_MEDIA_TYPE`: The request body must be application/json */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A page: something went wrong */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                    "text/html": unknown;
                };
            };
            /** @description A page: the database cannot be reached, reload it shortly */
            503: {
                headers: {
                    /** @description Seconds until a retry may succeed */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                    "text/html": unknown;
                };
            };
        };
    };
    connectOpen: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                ticket: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Our own page: who asks for what, and a button */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/html": unknown;
                };
            };
            /** @description To the end of the flow, if the link serves no more */
            303: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A page: something went wrong */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                    "text/html": unknown;
                };
            };
            /** @description A page: the database cannot be reached, reload it shortly */
            503: {
                headers: {
                    /** @description Seconds until a retry may succeed */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                    "text/html": unknown;
                };
            };
        };
    };
    connectBegin: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                ticket: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description To the provider's consent page; or to the end of the flow, if the link serves no more */
            303: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The browser brought no cookie of the page */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                    "text/html": unknown;
                };
            };
            /** @description Posted by another page than that of the link */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/html": unknown;
                };
            };
            /** @description `PAYLOAD_TOO_LARGE`: The request body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `UNSUPPORTED_MEDIA_TYPE`: The request body must be application/json */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A page: something went wrong */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                    "text/html": unknown;
                };
            };
            /** @description A page: the database cannot be reached, reload it shortly */
            503: {
                headers: {
                    /** @description Seconds until a retry may succeed */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                    "text/html": unknown;
                };
            };
        };
    };
    pubsubReceive: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It is stored, or says nothing new. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `VALIDATION_FAILED`: The request is not valid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `UNAUTHENTICATED`: Authentication is missing or wrong */
            401: {
                headers: {
                    /** @description `Bearer`, if the key is missing or wrong */
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `NOT_FOUND`: Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `PAYLOAD_TOO_LARGE`: The request body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `UNSUPPORTED_MEDIA_TYPE`: The request body must be application/json */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `UNKNOWN_ERROR`: Something unexpected went wrong */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVICE_UNAVAILABLE`: The service is temporarily unavailable - try again shortly */
            503: {
                headers: {
                    /** @description Seconds until a retry may succeed */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    healthOverall: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Health"];
                };
            };
            /** @description `UNKNOWN_ERROR`: Something unexpected went wrong */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description An error as any other, then the report */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Unhealthy"];
                };
            };
        };
    };
    livenessLive: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Probe"];
                };
            };
            /** @description `UNKNOWN_ERROR`: Something unexpected went wrong */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVICE_UNAVAILABLE`: The service is temporarily unavailable - try again shortly */
            503: {
                headers: {
                    /** @description Seconds until a retry may succeed */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    healthReady: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Probe"];
                };
            };
            /** @description `UNKNOWN_ERROR`: Something unexpected went wrong */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description An error as any other, then the report */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Unhealthy"];
                };
            };
        };
    };
    mailboxesOpen: {
        parameters: {
            query?: {
                outcome?: "access_denied" | "state_expired" | "account_mismatch" | "scope_missing" | "provider_unavailable" | "admin_blocked" | "misconfigured" | "not_admitted";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Our own page: the mailboxes, or how to sign in */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/html": unknown;
                };
            };
            /** @description `VALIDATION_FAILED`: The request is not valid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A page: something went wrong */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                    "text/html": unknown;
                };
            };
            /** @description A page: the database cannot be reached, reload it shortly */
            503: {
                headers: {
                    /** @description Seconds until a retry may succeed */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                    "text/html": unknown;
                };
            };
        };
    };
    mailboxConnectingAdd: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description To Google, or back to the page */
            303: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `VALIDATION_FAILED`: The request is not valid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Posted by another page than ours */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/html": unknown;
                };
            };
            /** @description `PAYLOAD_TOO_LARGE`: The request body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `UNSUPPORTED_MEDIA_TYPE`: The request body must be application/json */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A page: something went wrong */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                    "text/html": unknown;
                };
            };
            /** @description A page: the database cannot be reached, reload it shortly */
            503: {
                headers: {
                    /** @description Seconds until a retry may succeed */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                    "text/html": unknown;
                };
            };
        };
    };
    mailboxEndingEnd: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                authorizationId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Back to the page */
            303: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `VALIDATION_FAILED`: The request is not valid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Posted by another page than ours */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/html": unknown;
                };
            };
            /** @description `PAYLOAD_TOO_LARGE`: The request body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `UNSUPPORTED_MEDIA_TYPE`: The request body must be application/json */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A page: something went wrong */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                    "text/html": unknown;
                };
            };
            /** @description A page: the database cannot be reached, reload it shortly */
            503: {
                headers: {
                    /** @description Seconds until a retry may succeed */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                    "text/html": unknown;
                };
            };
        };
    };
    mailboxConnectingSignIn: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description To Google, or back to the page */
            303: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `VALIDATION_FAILED`: The request is not valid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Posted by another page than ours */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/html": unknown;
                };
            };
            /** @description `PAYLOAD_TOO_LARGE`: The request body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `UNSUPPORTED_MEDIA_TYPE`: The request body must be application/json */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A page: something went wrong */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                    "text/html": unknown;
                };
            };
            /** @description A page: the database cannot be reached, reload it shortly */
            503: {
                headers: {
                    /** @description Seconds until a retry may succeed */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                    "text/html": unknown;
                };
            };
        };
    };
    mailboxEndingSignOut: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Back to the page */
            303: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `VALIDATION_FAILED`: The request is not valid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Posted by another page than ours */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/html": unknown;
                };
            };
            /** @description `PAYLOAD_TOO_LARGE`: The request body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `UNSUPPORTED_MEDIA_TYPE`: The request body must be application/json */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A page: something went wrong */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                    "text/html": unknown;
                };
            };
            /** @description A page: the database cannot be reached, reload it shortly */
            503: {
                headers: {
                    /** @description Seconds until a retry may succeed */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                    "text/html": unknown;
                };
            };
        };
    };
    mailboxConnectingConnect: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description To Google, or back to the page */
            303: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `VALIDATION_FAILED`: The request is not valid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Posted by another page than ours */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/html": unknown;
                };
            };
            /** @description `PAYLOAD_TOO_LARGE`: The request body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `UNSUPPORTED_MEDIA_TYPE`: The request body must be application/json */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A page: something went wrong */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                    "text/html": unknown;
                };
            };
            /** @description A page: the database cannot be reached, reload it shortly */
            503: {
                headers: {
                    /** @description Seconds until a retry may succeed */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                    "text/html": unknown;
                };
            };
        };
    };
    mailboxEndingRemove: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Back to the page */
            303: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `VALIDATION_FAILED`: The request is not valid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Posted by another page than ours */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/html": unknown;
                };
            };
            /** @description `PAYLOAD_TOO_LARGE`: The request body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `UNSUPPORTED_MEDIA_TYPE`: The request body must be application/json */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A page: something went wrong */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                    "text/html": unknown;
                };
            };
            /** @description A page: the database cannot be reached, reload it shortly */
            503: {
                headers: {
                    /** @description Seconds until a retry may succeed */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                    "text/html": unknown;
                };
            };
        };
    };
    metricsMetrics: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Prometheus's text format */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/plain": unknown;
                };
            };
            /** @description `UNKNOWN_ERROR`: Something unexpected went wrong */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVICE_UNAVAILABLE`: The service is temporarily unavailable - try again shortly */
            503: {
                headers: {
                    /** @description Seconds until a retry may succeed */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    callbackCallback: {
        parameters: {
            query?: {
                code?: string;
                state?: string;
                iss?: string;
                error?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description To `returnTo` or our own page, with `?connected=<id>` or `?error=<code>`; after a sign-in, to the page that asked */
            303: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `VALIDATION_FAILED`: The request is not valid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A page: the person who signed in is not the owner, or did not */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/html": unknown;
                };
            };
            /** @description A page: something went wrong */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                    "text/html": unknown;
                };
            };
            /** @description A page: the database cannot be reached, reload it shortly */
            503: {
                headers: {
                    /** @description Seconds until a retry may succeed */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                    "text/html": unknown;
                };
            };
        };
    };
    endingDone: {
        parameters: {
            query?: {
                flow?: string;
                error?: "access_denied" | "state_expired" | "account_mismatch" | "scope_missing" | "provider_unavailable" | "admin_blocked" | "misconfigured";
                connected?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Our own page at the end of a consent */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/html": unknown;
                };
            };
            /** @description `VALIDATION_FAILED`: The request is not valid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A page: something went wrong */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                    "text/html": unknown;
                };
            };
            /** @description A page: the database cannot be reached, reload it shortly */
            503: {
                headers: {
                    /** @description Seconds until a retry may succeed */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                    "text/html": unknown;
                };
            };
        };
    };
    endingRetry: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                flow: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description To the provider's consent page; or to our own page, if the flow is over */
            303: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `VALIDATION_FAILED`: The request is not valid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Posted by another page than that of the ending */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/html": unknown;
                };
            };
            /** @description `PAYLOAD_TOO_LARGE`: The request body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `UNSUPPORTED_MEDIA_TYPE`: The request body must be application/json */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A page: something went wrong */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                    "text/html": unknown;
                };
            };
            /** @description A page: the database cannot be reached, reload it shortly */
            503: {
                headers: {
                    /** @description Seconds until a retry may succeed */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                    "text/html": unknown;
                };
            };
        };
    };
    securityEventsReceive: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It is acted upon, now or when it came before. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The token is not taken, however often it comes */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SecurityEventRefused"];
                };
            };
            /** @description `PAYLOAD_TOO_LARGE`: The request body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `UNSUPPORTED_MEDIA_TYPE`: The request body must be application/json */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `UNKNOWN_ERROR`: Something unexpected went wrong */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVICE_UNAVAILABLE`: The service is temporarily unavailable - try again shortly */
            503: {
                headers: {
                    /** @description Seconds until a retry may succeed */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
}
