import { readdirSync, readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { form, post, type Service, startService } from '../http/service.ts'

interface Fault {
  readonly file: string
  readonly options: object
  readonly source: string
  readonly expected: {
    readonly labels_sha256?: string
    readonly histogram?: readonly (readonly [number, number])[]
    readonly width?: number
    readonly height?: number
    /** One of these codes refuses the file. */
    readonly error?: readonly string[]
    /** Words that the warnings, or the detail and remedy of a refusal, must and must not have. */
    readonly says?: readonly string[]
    readonly never_says?: readonly string[]
  }
}

const folder = new URL('files/', import.meta.url)
const { files }: { files: readonly Fault[] } = JSON.parse(
  readFileSync(new URL('manifest.json', folder), 'utf8'),
)

let service: Service
beforeAll(async () => {
  service = await startService()
})
afterAll(() => service.close())

describe('files that people have', () => {
  it.each(files)('$file ($source)', async ({ file, options, expected }) => {
    const mask = readFileSync(new URL(file, folder))
    const { status, json } = await post(service, '/v1/inspect', form({ mask, options }))
    const { error, says = [], never_says = [], ...seen } = expected
    const words = JSON.stringify([json.warnings, json.hints, json.detail, json.remedy]).replaceAll('\\"', '"')
    for (const word of says) expect(words).toContain(word)
    for (const word of never_says) expect(words).not.toContain(word)
    if (error) return expect(error, words).toContain(json.code)
    if (seen.labels_sha256) expect(status, words).toBe(200)
    expect(json).toMatchObject(seen)
  })

  it('all stand in the manifest, and all of the manifest are there', () => {
    const there = readdirSync(folder).filter((name) => name !== 'manifest.json')
    expect(files.map(({ file }) => file).toSorted()).toEqual(there.toSorted())
  })
})
