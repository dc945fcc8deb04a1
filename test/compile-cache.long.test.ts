import { execFileSync } from 'node:child_process'
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'maskscore-cache-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const { NODE_COMPILE_CACHE: _, NODE_DISABLE_COMPILE_CACHE: __, ...inherited } = process.env
const run = (args: readonly string[], env: Record<string, string>): string =>
  execFileSync(process.execPath, args, { env: { ...inherited, ...env }, encoding: 'utf8' })

const besidePackages = join(import.meta.dirname, '../node_modules/.cache/maskscore')

/** Where a process of its own has its cache, and whether it and a worker thread of its own use it. */
const told = (env: Record<string, string>): unknown => JSON.parse(run([tellCache], env))
const tellCache = fileURLToPath(new URL('./tell-cache.ts', import.meta.url))

const openapi = (cache: string): string => run(['src/cli.ts', 'openapi'], { NODE_COMPILE_CACHE: cache })

describe('the cache of compiled code', () => {
  it('lies beside the packages unless the operator says where', () => {
    expect(told({})).toEqual([besidePackages, true, true])
    expect(told({ NODE_COMPILE_CACHE: folder })).toEqual([folder, true, true])
  })

  it('is filled by a first run, and the next says the same', () => {
    const first = openapi(folder)
    expect(readdirSync(folder, { recursive: true }).length).toBeGreaterThan(50)
    expect(openapi(folder)).toBe(first)
  })

  it('is done without where it cannot be written', () => {
    const file = join(folder, 'file')
    writeFileSync(file, '')
    expect(openapi(join(file, 'cache'))).toMatch(/^openapi: /)
  })
})
