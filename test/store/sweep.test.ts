import { mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { BlobFolder } from '../../src/store/blob-folder.ts'
import type { StoreParts } from '../../src/store/store-parts.ts'
import { sweep } from '../../src/store/sweep.ts'

const folder = mkdtempSync(join(tmpdir(), 'maskscore-sweep-'))
afterAll(() => rmSync(folder, { recursive: true }))

describe('sweeping', () => {
  it('leaves parts of bodies that still arrive, however short uploads are kept', async () => {
    const blobs = new BlobFolder(folder)
    for (const [name, hours] of [
      ['first-part', 2],
      ['forgotten', 49],
    ] as const) {
      const path = join(blobs.spool, name)
      writeFileSync(path, '')
      const time = Date.now() / 1000 - 3600 * hours
      utimesSync(path, time, time)
    }
    const query = async () => [{ mine: true }]
    const parts = {
      blobs,
      limits: { uploadRetention: 60_000 },
      sql: { query: async () => [], transaction: (work: (within: object) => unknown) => work({ query }) },
    }
    await sweep(parts as unknown as StoreParts)
    expect(readdirSync(blobs.spool)).toEqual(['first-part'])
  })
})
