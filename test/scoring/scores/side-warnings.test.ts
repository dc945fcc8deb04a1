import { describe, expect, it } from 'vitest'
import { parseScoreOptions } from '../../../src/scoring/request/parse-options.ts'
import { sideWarnings } from '../../../src/scoring/scores/side-warnings.ts'
import { tableOfLabels } from '../../metrics/tables.ts'

const facts = (encoding: string) => ({ format: 'png', encoding, sha256: '' })

function warned(
  truth: { encoding?: string; labels: readonly number[] },
  prediction: { encoding?: string; labels: readonly number[] },
  options: object = {},
) {
  const sides = {
    groundTruth: facts(truth.encoding ?? 'png-grey8'),
    prediction: facts(prediction.encoding ?? 'png-grey8'),
  }
  const pixels = Math.max(truth.labels.length, prediction.labels.length)
  const fill = ({ labels }: { labels: readonly number[] }) =>
    Array.from({ length: pixels }, (_, k) => labels[k % labels.length])
  return sideWarnings(sides, tableOfLabels(fill(truth), fill(prediction)), parseScoreOptions(options))
}

describe('warnings about one mask of a pair', () => {
  it('tell that samples of 1 bit were read as 0 and 255, unless the caller says how to read them', () => {
    const bits = { encoding: 'png-grey1-expanded', labels: [0, 255] }
    const [warning, ...others] = warned({ labels: [0, 1] }, bits)
    expect(others).toEqual([])
    expect(warning).toMatchObject({ code: 'EXPANDED_SAMPLES' })
    expect(warning.message).toMatch(/^prediction: .*`grey_bits`/)
    expect(warned({ labels: [0, 1] }, bits, { prediction: { grey_bits: 'expanded' } })).toEqual([])
    expect(warned({ labels: [0, 1] }, bits, { binary: true })).toEqual([])
  })

  it('tell of a label that stands apart as void does, until it is ignored or listed', () => {
    const truth = { labels: [0, 1, 2, 255] }
    const prediction = { labels: [0, 1, 2] }
    expect(warned(truth, prediction)).toMatchObject([{ code: 'LIKELY_VOID' }])
    expect(warned(truth, prediction, { ignore_labels: [255] })).toEqual([])
    expect(warned(truth, prediction, { classes: { 1: 'one', 255: 'edge' } })).toEqual([])
  })

  it('tell of a grey map where the other mask holds classes', () => {
    const greys = { labels: Array.from({ length: 256 }, (_, k) => k) }
    expect(warned({ labels: [0, 1, 2] }, greys)).toMatchObject([{ code: 'LIKELY_GREY_MAP' }])
    expect(warned({ labels: [0, 1] }, greys)).toMatchObject([{ code: 'LIKELY_PROBABILITY_MAP' }])
    expect(warned(greys, greys)).toEqual([])
  })
})
