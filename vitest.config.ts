import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
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
