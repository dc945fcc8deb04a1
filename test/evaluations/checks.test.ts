import { describe, expect, it } from 'vitest'
import { isAssumed } from '../../src/evaluations/checks/check-names.ts'
import { parseCheck, parseDropCheck, runChecks, runDropChecks } from '../../src/evaluations/checks/checks.ts'
import { asEmpty } from '../../src/evaluations/rows/as-empty.ts'
import { emptyContents } from '../../src/evaluations/rows/empty-contents.ts'
import type { ItemRow } from '../../src/evaluations/rows/item-row.ts'
import { finish } from '../../src/evaluations/summary/finish.ts'
import { Refusal } from '../../src/problems/refusal.ts'
import { rowOf, rowOfPairs, runOf } from './rows.ts'

const image = (index: number, mistaken: number) =>
  rowOfPairs(index, [
    [0, 0, 50],
    [1, 1, 50 - mistaken],
    [1, 0, mistaken],
  ])
const rows = [10, 20, 5, 0, 12, 8].map((mistaken, index) => image(index, mistaken))
const summary = finish(rows, runOf(rows.length, { intervals: 'summary' }))
const answer = (check: string, of = summary) => runChecks([parseCheck(check)], of)[0]

describe('a check', () => {
  it('speaks of pooled scores by their names, of means over images, and of pointers', () => {
    const { pooled, macro, intervals } = summary
    expect(answer('mean_iou>=0.5').value).toBe(pooled.overlap?.mean_iou)
    expect(answer('mi_loss<=1').value).toBe(pooled.mi_loss)
    expect(answer('image.mean_iou > 0').value).toBe(macro.mean_iou.mean)
    expect(answer('/macro/mi_loss/p95<1').value).toBe(macro.mi_loss.p95)
    expect(answer('/pooled/overlap/per_class/1/iou>=0').value).toBe(pooled.overlap?.per_class[1].iou)
    const [low, high] = intervals?.values['/pooled/mi_loss'] ?? []
    expect([answer('mi_loss.low<1').value, answer('mi_loss.high<1').value]).toEqual([low, high])
  })

  it('passes or fails, bounds included as they are written', () => {
    const accuracy = summary.pooled.overlap?.pixel_accuracy
    const results = ['>=', '<=', '>', '<'].map((sign) => answer(`pixel_accuracy${sign}${accuracy}`).result)
    expect(results).toEqual(['pass', 'pass', 'fail', 'fail'])
    expect(answer('mean_iou>=0.99')).toMatchObject({ check: 'mean_iou>=0.99', limit: 0.99, result: 'fail' })
  })

  it('is not computed where there is no value, and says why', () => {
    expect(answer('pq>=0.5')).toEqual({ check: 'pq>=0.5', value: null, limit: 0.5, result: 'not_computed' })
    const objects = finish(rows, runOf(rows.length, {}, { labels: 'objects' }))
    expect(answer('mean_iou>=0.5', objects).result).toBe('not_computed')
    const few = finish(rows.slice(0, 3), runOf(3, { intervals: 'summary' }))
    expect(answer('mi_loss.high<1', few)).toMatchObject({
      result: 'not_computed',
      detail: 'There is no interval at /pooled/mi_loss: too_few_groups.',
    })
  })

  it('is not satisfied by classes that were only assumed, and says what to do', () => {
    const assumed = finish(rows, runOf(rows.length, {}, { labels: 'undecided' }))
    for (const check of [
      'mean_iou>=0',
      'image.mean_iou>=0',
      '/by_class/0/mean_iou>=0',
      '/macro/mean_iou_class_first/mean>=0',
    ])
      expect(answer(check, assumed)).toMatchObject({ value: null, result: 'not_computed' })
    expect(answer('mean_iou>=0', assumed).detail).toContain('set `labels` to "classes"')
    expect(answer('mi_loss<=1', assumed).result).toBe('pass')
    expect(isAssumed('/pooled/overlap/mean_iou', summary)).toBe(false)
  })

  it('of an incomplete run is answered with what is left out as empty predictions', () => {
    const failed: ItemRow = {
      ...rowOf(0),
      status: 'failed',
      problem: { side: 'prediction', code: 'CORRUPT', detail: 'It is damaged.' },
      as_empty: emptyContents(image(0, 0)),
    }
    const left = [failed, ...rows.slice(1)]
    const incomplete = finish(left, runOf(left.length))
    const filled = finish(left.map(asEmpty), runOf(left.length))
    const middle = ((incomplete.macro.mi_loss.mean ?? 0) + (filled.macro.mi_loss.mean ?? 0)) / 2
    const checks = ['pixel_accuracy>=0.85', `image.mi_loss<=${middle}`].map(parseCheck)
    expect(runChecks(checks, incomplete).map(({ result }) => result)).toEqual(['pass', 'pass'])
    expect(runChecks(checks, incomplete, filled)).toMatchObject([
      { value: filled.pooled.overlap?.pixel_accuracy, result: 'fail' },
      { value: filled.macro.mi_loss.mean, result: 'fail' },
    ])
  })

  it.each([
    'mean_iou',
    'mean_iou=0.8',
    'mean_iou>=',
    'mean_iou>=high',
    'mena_iou>=0.8',
    'image.nothing>=1',
    '>=1',
    'vi<1',
  ])('is refused when it cannot be read: %s', (check) => {
    expect(() => parseCheck(check)).toThrow(Refusal)
  })
})

describe('the largest drop', () => {
  const worse = finish(
    rows.map((row, index) => (index === 0 ? image(0, 30) : row)),
    runOf(rows.length),
  )
  const drop = (check: string, ...given: [typeof summary, typeof summary, ((pointer: string) => boolean)?]) =>
    runDropChecks([parseDropCheck(check)], ...given)[0]

  it('is how far a score got worse, in its own direction', () => {
    const [before, after] = [summary.pooled.overlap?.mean_iou ?? 0, worse.pooled.overlap?.mean_iou ?? 0]
    expect(drop('mean_iou=0.01', worse, summary)).toEqual({
      check: 'max-drop mean_iou=0.01',
      value: before - after,
      limit: 0.01,
      result: 'fail',
    })
    expect(drop('mi_loss=0', worse, summary).value).toBeGreaterThan(0)
    expect(drop('mi_loss=0', summary, worse)).toMatchObject({ result: 'pass', value: expect.any(Number) })
    expect(drop('mean_iou=0.5', worse, summary).result).toBe('pass')
  })

  it('speaks of a class, where both runs have it at the same place', () => {
    const iou = (of: typeof summary) => of.pooled.overlap?.per_class[1].iou ?? 0
    const check = '/pooled/overlap/per_class/1/iou=0'
    expect(drop(check, worse, summary)).toMatchObject({ value: iou(summary) - iou(worse), result: 'fail' })
    const { overlap } = summary.pooled
    const turned = { ...overlap, per_class: overlap?.per_class.toReversed() } as typeof overlap
    const other = { ...summary, pooled: { ...summary.pooled, ...(turned && { overlap: turned }) } }
    expect(drop(check, worse, other)).toMatchObject({
      result: 'not_computed',
      detail: expect.stringContaining('Place 1 of per_class is label'),
    })
  })

  it('fails only when it is no chance, where that is asked for', () => {
    expect(drop('mean_iou=0.01', worse, summary, () => false).result).toBe('pass')
    expect(
      drop('mean_iou=0.01', worse, summary, (pointer) => pointer === '/pooled/overlap/mean_iou').result,
    ).toBe('fail')
  })

  it('is not comparable with a baseline of other data or options', () => {
    const other = finish(rows.slice(1), runOf(rows.length - 1))
    expect(drop('mean_iou=0.01', summary, other)).toMatchObject({
      value: null,
      result: 'not_comparable',
      detail: 'the keys or the ground-truth files differ.',
    })
    const options = finish(rows, runOf(rows.length, {}, { options: { binary: true } }))
    expect(drop('mean_iou=0.01', summary, options).detail).toContain('`binary`')
  })

  it('is not computed where a value is missing, and refused where it means nothing', () => {
    expect(drop('pq=0.1', summary, summary).result).toBe('not_computed')
    for (const check of ['mean_iou', 'mean_iou=-1', 'image.h_joint=1', 'mean_iou>=1', '/items/scored=1'])
      expect(() => parseDropCheck(check), check).toThrow(Refusal)
  })
})
