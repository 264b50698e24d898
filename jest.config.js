// How the tests run: TypeScript stripped by swc, native ES modules (agenda is ESM only), one glob for all tests.
export default {
  roots: ['<rootDir>/src', '<rootDir>/test'],
  testMatch: ['<rootDir>/test/**/*.test.ts'],
  testEnvironment: 'node',
  extensionsToTreatAsEsm: ['.ts'],
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      {
        jsc: { parser: { syntax: 'typescript' }, target: 'es2024', experimental: { keepImportAttributes: true } },
        module: { type: 'es6' },
        sourceMaps: 'inline',
      },
    ],
  },
  coverageProvider: 'v8',
  collectCoverageFrom: ['src/**/*.ts'],
  // Generous, because continuous integration is slow; no test states how fast something has to be.
  testTimeout: 60_000,
  maxWorkers: '100%',
};
