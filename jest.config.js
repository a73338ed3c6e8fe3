/** @type {import('jest').Config} */
export default {
  testEnvironment: 'node',
  roots: ['<rootDir>/src', '<rootDir>/sandbox', '<rootDir>/migrations', '<rootDir>/chaos', '<rootDir>/test'],
  testMatch: ['**/*.spec.ts', '**/*.e2e-spec.ts'],
  extensionsToTreatAsEsm: ['.ts'],
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      {
        jsc: {
          target: 'es2022',
          parser: { syntax: 'typescript', decorators: true },
          transform: { legacyDecorator: true, decoratorMetadata: true },
          keepClassNames: true,
        },
        module: { type: 'es6' },
        sourceMaps: 'inline',
      },
    ],
  },
  globalSetup: '<rootDir>/test/setup/global-setup.js',
  globalTeardown: '<rootDir>/test/setup/global-teardown.js',
  coverageProvider: 'v8',
  reporters: ['default', '<rootDir>/test/summary-reporter.js'],
  // Most of the time is spent on waiting, for processes and for PostgreSQL.
  maxWorkers: '100%',
  // ES modules of a test file stay in a worker's memory for ever, and collecting garbage around them takes time.
  workerIdleMemoryLimit: '1GB',
  testTimeout: 30_000,
};
