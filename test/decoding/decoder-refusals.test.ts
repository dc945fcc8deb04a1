import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { decodeMask } from '../../src/decoding/decode-mask.ts'
import { defaultLimits } from '../../src/limits.ts'
import { Refusal } from '../../src/problems/refusal.ts'

const refusalOf = async (file: string): Promise<string> => {
  const bytes = readFileSync(new URL(`../decode-samples/${file}`, import.meta.url))
  const error = await decodeMask(bytes, {}, defaultLimits).catch((thrown: unknown) => thrown)
  return error instanceof Refusal ? `${error.code}: ${error.message}` : `no refusal: ${error}`
}

it('damaged files decoded beside each other are refused in the same words as alone, which name no library', async () => {
  const files = ['bad-filter-byte.png', 'webp-truncated.webp', 'tiff-deflate-corrupt.tif']
  const alone: string[] = []
  for (const file of files) alone.push(await refusalOf(file))
  for (const words of alone) {
    expect(words).toMatch(/^(CORRUPT|TRUNCATED): /)
    expect(words).not.toMatch(/vips|libpng|webp2|libtiff|sharp|failOn/i)
  }
  for (let round = 0; round < 20; round++) expect(await Promise.all(files.map(refusalOf))).toEqual(alone)
})
