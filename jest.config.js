/** @type {import('jest').Config} */
export default {
  // Runs test files in plain Node, as the product runs, where a process loads each module once for all its files.
  runner: ['jest-light-runner', { runtime: 'child_process' }],
  setupFiles: ['<rootDir>/test/setup/node-runner/typescript-modules.js'],
  roots: [
    '<rootDir>/src',
    '<rootDir>/sandbox',
    '<rootDir>/migrations',
    '<rootDir>/chaos',
    '<rootDir>/console',
    '<rootDir>/test',
  ],
  testMatch: ['**/*.spec.ts', '**/*.e2e-spec.ts'],
  globalSetup: '<rootDir>/test/setup/global-setup.js',
  globalTeardown: '<rootDir>/test/setup/global-teardown.js',
  reporters: ['default', '<rootDir>/test/summary-reporter.js'],
  // Most of the time is spent on waiting, for processes and for PostgreSQL.
  maxWorkers: '100%',
};
