import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type EvaluatedService, startEvaluations } from '../evaluations-http/evaluated-service.ts'
import { python } from './machine-python.ts'

const folder = join(import.meta.dirname, '../../clients/python')

// Skipped where there is no Python 3.9 or newer: the client is for those who have one.
describe.skipIf(python === undefined)('the Python client, by its own tests', () => {
  let service: EvaluatedService
  beforeAll(async () => {
    service = await startEvaluations({}, false)
  })
  afterAll(() => service.close())

  it('does against a service what its README says', async () => {
    const { stderr } = await promisify(execFile)(
      python,
      ['-B', '-m', 'unittest', 'discover', '-t', '.', '-s', 'tests'],
      {
        cwd: folder,
        env: { ...process.env, MASKSCORE_CLIENT_URL: service.url },
      },
    ).catch((error: { stderr: string }) => error)
    // unittest writes its result there, and a failure with its reason.
    expect(stderr).toMatch(/\nOK( \(skipped=\d+\))?\n$/)
    expect(Number(/^Ran (\d+) tests/m.exec(stderr)?.[1])).toBeGreaterThan(25)
  }, 180_000)
})
