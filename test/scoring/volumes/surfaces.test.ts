import { readFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'
import { expect, it } from 'vitest'
import { defaultLimits } from '../../../src/limits.ts'
import { parseScoreOptions } from '../../../src/scoring/request/parse-options.ts'
import { scorePair } from '../../../src/scoring/score.ts'
import { writeNifti } from '../../oracle/nifti-writer.ts'

interface Golden {
  /** Slices, rows, columns. */
  readonly shape: readonly [number, number, number]
  readonly spacing: readonly [number, number, number]
  readonly ground_truth: string
  readonly prediction: string
  readonly hausdorff: number
  readonly hausdorff_95: number
  readonly assd: number
  readonly masd: number
  readonly nsd: readonly number[]
}
/** What SciPy answers; `surfaces.py` beside it says how. */
const golden: readonly Golden[] = JSON.parse(
  readFileSync(new URL('../../golden/volumes/surfaces.json', import.meta.url), 'utf8'),
)

it.each(golden.map((one) => [one.spacing.join(' x '), one] as const))(
  'the distances of voxels of %s mm in a NIfTI are those of SciPy, in millimetres',
  async (_, { shape, spacing, ground_truth, prediction, nsd, ...distances }) => {
    const [depth, row, column] = spacing
    const mask = (digits: string) => {
      const data = Uint8Array.from(digits, Number)
      const sform = [-column, 0, 0, 0, 0, 0, depth, 0, 0, -row, 0, 0]
      const bytes = gzipSync(writeNifti({ version: 2, sides: shape.toReversed(), data, sform }))
      return { kind: 'file', bytes } as const
    }
    const options = parseScoreOptions({ families: ['boundary'], boundary: { tolerances: [1, 2, 3.3] } })
    const masks = { groundTruth: mask(ground_truth), prediction: mask(prediction) }
    const { report } = await scorePair(masks, options, { limits: defaultLimits, pngDecoder: 'auto' })
    const [scores] = report.boundary?.per_label ?? []
    for (const [name, value] of Object.entries(distances))
      expect(scores[name as keyof typeof distances], name).toBeCloseTo(value, 10)
    expect(scores.nsd.map(({ value }) => value)).toEqual(nsd.map((value) => expect.closeTo(value, 12)))
    expect(report.options.boundary).toMatchObject({ unit: 'mm', spacing: [...spacing] })
  },
)
