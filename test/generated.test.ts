import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { generatedFiles } from '../src/commands/generated-files.ts'

const root = join(import.meta.dirname, '..')

describe('what is generated is what is committed (npm run docs writes it)', async () => {
  const files = Object.entries(await generatedFiles())

  it.each(files)('%s', (path, text) => {
    expect(readFileSync(join(root, path), 'utf8')).toBe(text)
  })
})
