import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { formatCatalogue, formatCatalogueSchema } from '../../src/decoding/formats.ts'
import { presetNames } from '../../src/decoding/presets.ts'
import { readOptionsShape } from '../../src/decoding/read-options.ts'
import { problems } from '../../src/problems/catalogue.ts'

describe('the catalogue of formats', () => {
  it('is what GET /v1/formats may answer', () => {
    expect(formatCatalogueSchema.parse(formatCatalogue)).toEqual(formatCatalogue)
  })

  it('describes every option and every preset', () => {
    const keys = Object.keys(readOptionsShape).filter((key) => key !== 'preset')
    expect(formatCatalogue.options.map(({ key }) => key)).toEqual(keys)
    expect(formatCatalogue.options.every(({ description }) => description.length > 0)).toBe(true)
    expect(formatCatalogue.presets.map(({ preset }) => preset)).toEqual(presetNames)
  })

  it('shows presets by options that anyone may give', () => {
    const schema = z.strictObject(readOptionsShape)
    for (const { preset, options } of formatCatalogue.presets)
      expect(schema.parse({ ...options, preset })).toEqual({ ...options, preset })
  })

  it('has an example of every option that the option takes', () => {
    const schema = z.strictObject(readOptionsShape)
    for (const { key, example } of formatCatalogue.options)
      expect(Object.keys(schema.parse(JSON.parse(example)))).toEqual([key])
  })

  it('names only codes that exist', () => {
    const codes = formatCatalogue.formats.flatMap(
      ({ refused }) => refused.join(' ').match(/\b[A-Z]+_[A-Z_]+\b/g) ?? [],
    )
    expect(codes.filter((code) => !(code in problems))).toEqual([])
    expect(codes.length).toBeGreaterThan(0)
  })
})
