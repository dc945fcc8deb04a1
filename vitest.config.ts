import { defineConfig } from 'vitest/config'
import { cacheCompiledCode } from './src/compile-cache.ts'

// Tests start hundreds of threads and processes that load the same code; compiled once, each starts in half the time.
cacheCompiledCode(process.env)

export default defineConfig({
  test: {
    // Files share their worker, so that modules are loaded once; those that replace modules have one of their own.
    // Long tests drive a browser, PostgreSQL, installed packages and clients, or many random cases: `npm run long`.
    projects: [
      {
        extends: true,
        test: {
          name: 'shared',
          isolate: false,
          include: ['test/**/*.test.ts'],
          exclude: ['test/**/*.mocked.test.ts', 'test/**/*.long.test.ts'],
        },
      },
      { extends: true, test: { name: 'mocked', include: ['test/**/*.mocked.test.ts'] } },
      {
        extends: true,
        test: { name: 'long', isolate: false, include: ['test/**/*.long.test.ts'] },
      },
    ],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // What is awaited comes at once, but a busy machine may take its time.
    expect: { poll: { timeout: 10_000 } },
    // Two cores are what CI has; more workers only make native decoding wait for itself.
    maxWorkers: 2,
    coverage: {
      include: ['src/**/*.ts', 'routes/**/*.ts'],
      exclude: ['src/counting/kernels/assembly/**'],
      reporter: ['text-summary', 'html'],
      reportsDirectory: 'coverage',
    },
  },
})
