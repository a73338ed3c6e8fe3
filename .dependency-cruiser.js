/**
 * Which room of a module may use which others; the files beside the rooms (options, index, module) are left out.
 * docs/architecture.md draws what is really used, and a test compares that picture with the imports.
 */
const rooms = {
  audit: { chain: [], reading: ['chain'], retention: ['chain'], verification: ['chain'] },
  credentials: {
    vault: [],
    store: ['vault'],
    schedule: ['store'],
    verdicts: ['store', 'schedule'],
    reports: ['vault', 'store', 'verdicts'],
    commits: ['vault', 'store', 'schedule'],
    refresh: ['store', 'schedule', 'commits', 'verdicts'],
    tokens: ['store', 'schedule', 'verdicts', 'refresh'],
    grants: ['vault', 'store', 'schedule'],
    background: ['store', 'verdicts', 'refresh', 'grants'],
    outcomes: ['vault'],
    metrics: ['store', 'commits', 'verdicts', 'tokens'],
    figures: ['store', 'commits'],
  },
  database: { changes: [], embedded: [], 'rate-limits': [], walls: [] },
  gmail: {
    tree: [],
    declarations: ['tree'],
    sheets: ['declarations', 'tree'],
    style: ['declarations', 'tree'],
    html: ['declarations', 'links', 'sheets', 'style', 'tree'],
    links: ['authenticity', 'text'],
    charsets: [],
    faults: [],
    threads: [],
    quota: [],
    batches: ['quota'],
    wire: ['faults'],
    client: ['batches', 'faults', 'quota', 'threads', 'wire'],
    text: [],
    archives: [],
    formats: ['archives', 'text'],
    authenticity: [],
    documents: ['charsets', 'client', 'text', 'tree'],
    headers: ['charsets', 'text'],
    reading: [
      'authenticity',
      'charsets',
      'client',
      'documents',
      'headers',
      'html',
      'links',
      'text',
      'threads',
      'tree',
    ],
    filing: ['client', 'quota'],
    files: ['archives', 'client', 'formats', 'headers', 'links', 'reading', 'threads'],
    composing: ['client', 'headers'],
    answering: ['charsets', 'client', 'composing', 'links', 'reading', 'threads'],
    lists: ['authenticity', 'client', 'composing', 'headers'],
    outbox: ['client', 'faults', 'composing', 'wire'],
    settings: ['client', 'quota'],
    watching: ['client'],
  },
  'gmail-mcp': {
    links: [],
    sending: [],
    acts: ['sending'],
    uploads: [],
    watches: [],
    watching: ['sending', 'watches'],
    pubsub: ['watches'],
    tools: ['acts', 'links', 'uploads', 'watches'],
    naming: ['tools'],
    resources: ['tools'],
    origins: [],
    guards: ['naming', 'origins', 'resources', 'tools'],
    calls: ['acts', 'guards', 'links', 'naming', 'sending', 'tools', 'uploads', 'watches'],
    downloads: ['calls', 'links', 'sending'],
    receiving: ['downloads', 'uploads'],
    prompts: ['calls', 'naming'],
    elicitation: ['calls', 'guards', 'naming'],
    serving: ['calls', 'elicitation', 'guards', 'naming', 'prompts', 'resources', 'tools'],
    listening: ['calls', 'guards', 'mailboxes', 'resources', 'tools', 'watches'],
    mailboxes: ['calls', 'elicitation', 'guards', 'naming', 'prompts', 'resources', 'serving', 'tools'],
    endpoint: ['guards', 'naming', 'tools', 'calls', 'elicitation', 'listening', 'mailboxes', 'serving'],
  },
  identity: {
    expiry: [],
    policies: [],
    holders: ['expiry', 'policies'],
    console: ['holders'],
    'connect-sessions': ['holders'],
    admission: ['console', 'connect-sessions', 'holders'],
    owners: ['holders'],
    people: ['holders', 'policies'],
    'person-access': ['holders', 'owners', 'people'],
    rest: ['expiry', 'policies', 'holders', 'console', 'admission'],
    'people-rest': ['holders', 'admission', 'people', 'person-access', 'rest'],
  },
  instances: {
    directory: [],
    scopes: ['directory'],
    connection: ['directory'],
    flows: ['directory'],
    consent: ['directory', 'connection', 'flows'],
    owners: ['directory', 'flows', 'consent'],
    people: ['directory', 'scopes', 'connection', 'flows', 'consent', 'owners'],
    pages: ['flows', 'owners', 'people', 'scopes'],
    browser: ['flows', 'consent', 'owners', 'pages', 'people', 'scopes'],
    events: ['directory'],
    history: ['directory'],
    figures: ['directory'],
    setup: ['directory', 'rest'],
    rest: ['directory', 'scopes', 'connection', 'flows', 'events'],
  },
  oauth: {
    http: [],
    providers: ['http'],
    local: ['http', 'providers'],
    service: ['http'],
    remote: ['http', 'service'],
    chain: ['local', 'service', 'remote'],
  },
  policy: {
    acts: ['rules'],
    approvals: ['acts', 'ledger', 'rules'],
    execution: ['acts', 'ledger', 'rules'],
    ledger: ['acts', 'rules', 'sending'],
    memory: ['acts'],
    pages: ['acts', 'approvals', 'ledger', 'rules'],
    rules: ['secrets'],
    rulings: ['acts', 'memory', 'rules', 'secrets'],
    secrets: [],
    sending: ['rules'],
  },
  'security-events': { token: [] },
  'sign-in': {
    storage: [],
    scopes: [],
    registration: [],
    issuer: ['registration', 'scopes', 'storage'],
    endpoints: ['issuer', 'registration', 'scopes', 'storage'],
    metadata: ['endpoints', 'issuer', 'registration', 'scopes'],
    consent: ['endpoints', 'issuer', 'registration', 'scopes'],
    widening: ['consent', 'issuer', 'scopes'],
    upkeep: ['issuer'],
  },
  webhooks: {
    outbox: [],
    registry: [],
    delivery: ['registry'],
    log: ['delivery'],
    rest: ['registry', 'delivery', 'log'],
  },
  startup: { metrics: [], refusals: [], stopping: [] },
  resilience: { http: [], hosts: ['time'], time: [], load: ['time'] },
};

const arrowsOfRooms = Object.entries(rooms).flatMap(([module, used]) =>
  Object.entries(used).map(([room, others]) => ({
    name: `arrows-of-${module}-${room}`,
    severity: 'error',
    from: { path: `^src/${module}/${room}/`, pathNot: '\\.(spec|fixture)\\.ts$' },
    to: { path: `^src/${module}/[^/]+/`, pathNot: `^src/${module}/(${[room, ...others].join('|')})/` },
  })),
);

const roomsAreKnown = Object.entries(rooms).map(([module, used]) => ({
  name: `rooms-of-${module}-are-known`,
  comment: 'A new room needs its arrows here and in docs/architecture.md.',
  severity: 'error',
  from: { path: '^src/' },
  to: { path: `^src/${module}/[^/]+/`, pathNot: `^src/${module}/(${Object.keys(used).join('|')})/` },
}));

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    {
      name: 'no-cycles',
      comment: 'Between decorated classes an import cycle crashes at load; between types it still is one.',
      severity: 'error',
      from: {},
      to: {
        circular: true,
      },
    },
    {
      name: 'no-orphans',
      severity: 'error',
      from: {
        orphan: true,
        pathNot: '\\.d\\.ts$',
      },
      to: {},
    },
    {
      name: 'no-unresolvable',
      severity: 'error',
      from: {},
      to: {
        couldNotResolve: true,
      },
    },
    {
      name: 'modules-are-entered-through-index',
      comment: "A module's index.ts is all that other modules see of it.",
      severity: 'error',
      from: {
        path: '^src/([^/]+)/',
      },
      to: {
        path: '^src/[^/]+/',
        pathNot: ['^src/$1/', '^src/[^/]+/index\\.ts$'],
      },
    },
    {
      name: 'shell-enters-modules-through-index',
      comment: 'The same for src/main.ts and src/app.module.ts, which lie in no module.',
      severity: 'error',
      from: {
        path: '^src/[^/]+\\.ts$',
      },
      to: {
        path: '^src/[^/]+/',
        pathNot: '^src/[^/]+/index\\.ts$',
      },
    },
    {
      name: 'bench-enters-modules-through-index',
      comment: 'What is measured is what other modules use.',
      severity: 'error',
      from: {
        path: '^bench/',
      },
      to: {
        path: '^(src/[^/]+|sandbox|migrations)/',
        pathNot: '^(src/[^/]+|sandbox|migrations)/index\\.ts$',
      },
    },
    {
      name: 'chaos-enters-modules-through-index',
      comment: 'It knows the product from outside: its database and its stand-in for Google.',
      severity: 'error',
      from: {
        path: '^chaos/',
      },
      to: {
        path: '^(src/[^/]+|sandbox|migrations)/',
        pathNot: '^(src/database|sandbox)/index\\.ts$',
      },
    },
    {
      name: 'sandbox-and-migrations-are-entered-through-index',
      severity: 'error',
      from: {
        path: '^src/',
      },
      to: {
        path: '^(sandbox|migrations)/',
        pathNot: '^(sandbox|migrations)/index\\.ts$',
      },
    },
    {
      name: 'arrows-of-gmail-mcp',
      severity: 'error',
      from: {
        path: '^src/gmail-mcp/',
      },
      to: {
        path: '^src/',
        pathNot:
          '^src/(gmail-mcp|instances|identity|credentials|gmail|audit|policy|config|database|errors|resilience|logging|metrics|openapi|pages)/',
      },
    },
    {
      name: 'arrows-of-policy',
      severity: 'error',
      from: {
        path: '^src/policy/',
      },
      to: {
        path: '^src/',
        pathNot:
          '^src/(policy|audit|identity|config|database|errors|resilience|logging|metrics|openapi|pages)/',
      },
    },
    {
      name: 'arrows-of-webhooks',
      comment: 'What it tells of is written by triggers: it knows none of those who raise it.',
      severity: 'error',
      from: {
        path: '^src/webhooks/',
      },
      to: {
        path: '^src/',
        pathNot:
          '^src/(webhooks|audit|identity|config|database|errors|resilience|logging|metrics|openapi|pages)/',
      },
    },
    {
      name: 'arrows-of-security-events',
      severity: 'error',
      from: {
        path: '^src/security-events/',
      },
      to: {
        path: '^src/',
        pathNot:
          '^src/(security-events|audit|credentials|identity|config|database|errors|resilience|logging|metrics|openapi|pages)/',
      },
    },
    {
      name: 'arrows-of-instances',
      severity: 'error',
      from: {
        path: '^src/instances/',
      },
      to: {
        path: '^src/',
        pathNot:
          '^src/(instances|identity|credentials|oauth|gmail|audit|config|database|errors|resilience|logging|metrics|openapi|pages)/',
      },
    },
    {
      name: 'arrows-of-sign-in',
      severity: 'error',
      from: {
        path: '^src/sign-in/',
      },
      to: {
        path: '^src/',
        pathNot:
          '^src/(sign-in|instances|identity|audit|config|database|errors|resilience|logging|metrics|openapi|pages)/',
      },
    },
    {
      name: 'arrows-to-oauth',
      comment: 'credentials and health know oauth and the base, nothing else.',
      severity: 'error',
      from: {
        path: '^src/(credentials|health)/',
      },
      to: {
        path: '^src/',
        pathNot: '^src/($1|oauth|config|database|errors|resilience|logging|metrics|openapi|pages)/',
      },
    },
    {
      name: 'arrows-of-oauth-service',
      comment: 'It records the callers that it refuses.',
      severity: 'error',
      from: {
        path: '^src/oauth-service/',
      },
      to: {
        path: '^src/',
        pathNot:
          '^src/(oauth-service|oauth|audit|config|database|errors|resilience|logging|metrics|openapi|pages)/',
      },
    },
    {
      name: 'arrows-of-identity',
      comment: 'It records who calls, and what is done with keys and tenants.',
      severity: 'error',
      from: {
        path: '^src/identity/',
      },
      to: {
        path: '^src/',
        pathNot: '^src/(identity|audit|config|database|errors|resilience|logging|metrics|openapi|pages)/',
      },
    },
    {
      name: 'arrows-to-the-base-only',
      comment: 'audit, oauth and gmail use no other feature.',
      severity: 'error',
      from: {
        path: '^src/(audit|oauth|gmail)/',
      },
      to: {
        path: '^src/',
        pathNot: '^src/($1|config|database|errors|resilience|logging|metrics|openapi|pages)/',
      },
    },
    {
      name: 'console-uses-the-rest-api-only',
      comment:
        'Of the server it shares three tables without imports, of MCP clients, of scopes and of unseen characters, and the types of its document.',
      severity: 'error',
      from: { path: '^console/' },
      to: {
        path: '^(src|sandbox|migrations|test|bench|chaos)/',
        pathNot: [
          '^src/first-run/mcp-clients\\.ts$',
          '^src/gmail/scopes\\.ts$',
          '^src/policy/approvals/unseen-characters\\.ts$',
          '^test/client/evergrant-api\\.d\\.ts$',
        ],
      },
    },
    {
      name: 'pages-of-the-console-use-no-other-page',
      comment: 'Each is a chunk of its own; what two need lies outside of pages/.',
      severity: 'error',
      from: { path: '^console/src/pages/([^/]+)/' },
      to: { path: '^console/src/pages/[^/]+/', pathNot: '^console/src/pages/$1/' },
    },
    {
      name: 'console-stands-alone',
      comment: 'It serves files; the console itself uses nothing but the REST API.',
      severity: 'error',
      from: {
        path: '^src/console/',
      },
      to: {
        path: '^src/',
        pathNot: '^src/console/',
      },
    },
    {
      name: 'base-uses-no-feature',
      severity: 'error',
      from: {
        path: '^src/(config|database|errors|resilience|logging|openapi|pages)/',
      },
      to: {
        path: '^src/',
        pathNot: '^src/(config|database|errors|resilience|logging|metrics|openapi|pages)/',
      },
    },
    {
      name: 'metrics-holds-the-registry-only',
      comment:
        'Each module brings its own metrics; the registry needs no module, its route says what it answers.',
      severity: 'error',
      from: {
        path: '^src/metrics/',
      },
      to: {
        path: '^src/',
        pathNot: '^src/(metrics|openapi)/',
      },
    },
    {
      name: 'modules-are-known',
      comment: 'A new folder under src needs its arrows here and in docs/architecture.md.',
      severity: 'error',
      from: {
        path: '^src/',
      },
      to: {
        path: '^src/[^/]+/',
        pathNot:
          '^src/(config|database|errors|resilience|logging|metrics|openapi|pages|audit|oauth|oauth-service|credentials|identity|instances|security-events|gmail|gmail-mcp|sign-in|policy|webhooks|health|console|startup|first-run)/',
      },
    },
    {
      name: 'only-the-shell-imports-app-module',
      severity: 'error',
      from: {
        path: '^(src|sandbox|migrations)/',
        pathNot: '^src/(startup/|first-run/|main\\.ts$)',
      },
      to: {
        path: '^src/app\\.module\\.ts$',
      },
    },
    {
      name: 'app-module-is-inside-the-shell',
      comment: 'The composition knows the modules; what starts it knows the composition.',
      severity: 'error',
      from: {
        path: '^src/app\\.module\\.ts$',
      },
      to: {
        path: '^src/(startup/|first-run/|main\\.ts$)',
      },
    },
    {
      name: 'only-main-imports-main',
      comment: 'Only main.ts, which checks the version of Node first.',
      severity: 'error',
      from: { pathNot: '^main\\.ts$' },
      to: {
        path: '(^|/)main\\.ts$',
      },
    },
    {
      name: 'only-the-shell-imports-sandbox',
      comment: 'Product code must run without the stand-in for Google.',
      severity: 'error',
      from: {
        path: '^(src|migrations)/',
        pathNot: ['^src/(startup|first-run)/', '\\.spec\\.ts$'],
      },
      to: {
        path: '^sandbox/',
      },
    },
    {
      name: 'sandbox-stands-alone',
      severity: 'error',
      from: {
        path: '^sandbox/',
      },
      to: {
        path: '^(src|migrations|test)/',
      },
    },
    {
      name: 'migrations-stand-alone',
      comment: 'A landed migration must not change with the code.',
      severity: 'error',
      from: {
        path: '^migrations/',
        pathNot: '\\.spec\\.ts$',
      },
      to: {
        path: '^(src|sandbox|test)/',
      },
    },
    {
      name: 'only-database-imports-migrations',
      severity: 'error',
      from: {
        path: '^(src|sandbox)/',
        pathNot: '^src/database/',
      },
      to: {
        path: '^migrations/',
      },
    },
    {
      name: 'product-imports-no-tests',
      severity: 'error',
      from: {
        path: '^(src|sandbox|migrations)/',
        pathNot: ['\\.(spec|fixture)\\.ts$', '^sandbox/testing/'],
      },
      to: {
        path: ['\\.(spec|e2e-spec|fixture)\\.ts$', '^sandbox/testing/', '^test/', '^bench/', '^chaos/'],
      },
    },
    {
      name: 'product-uses-no-dev-dependencies',
      severity: 'error',
      from: {
        path: '^(src|sandbox|migrations)/',
        pathNot: ['\\.(spec|fixture)\\.ts$', '^sandbox/testing/'],
      },
      to: {
        dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown', 'undetermined'],
        dependencyTypesNot: ['type-only'],
        pathNot: '^node_modules/@types/',
      },
    },
    ...arrowsOfRooms,
    ...roomsAreKnown,
  ],
  options: {
    doNotFollow: {
      path: 'node_modules',
    },
    tsConfig: {
      fileName: 'tsconfig.json',
    },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
    },
  },
};
