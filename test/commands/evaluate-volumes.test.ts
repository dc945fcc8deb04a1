import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { runCommand } from '../../src/commands/run-command.ts'
import { headlineRows } from '../../src/evaluations/reports/headline-rows.ts'
import { pooledHeadline } from '../../src/evaluations/summary/pooled-headline.ts'
import type { Summary } from '../../src/evaluations/summary/summary.ts'
import { writeMetaImage } from '../oracle/metaimage-writer.ts'
import { writeNifti } from '../oracle/nifti-writer.ts'
import { writeNrrd } from '../oracle/nrrd-writer.ts'

let root: string
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'maskscore-volumes-'))
  for (const folder of ['labelsTr', 'predictions']) mkdirSync(join(root, folder))
})
afterEach(() => rmSync(root, { recursive: true }))

const sides = [9, 3, 3]
/** Cases of single voxels in a row: which columns of the middle hold which label. */
const volume = (labels: Readonly<Record<number, number>>) => {
  const data = new Uint8Array(81)
  for (const [column, label] of Object.entries(labels)) data[(1 * 3 + 1) * 9 + Number(column)] = label
  return gzipSync(writeNifti({ sides, data, sform: [2, 0, 0, 0, 0, 2, 0, 0, 0, 0, 2, 0] }))
}
const write = (path: string, content: Uint8Array) => writeFileSync(join(root, path), content)

async function evaluate(
  options: object,
  ...args: string[]
): Promise<{ code: number; summary: Summary; err: string }> {
  const err: string[] = []
  const terminal = { out: () => {}, err: (text: string) => err.push(text) }
  const out = join(root, 'out')
  const command = [
    'evaluate',
    join(root, 'labelsTr'),
    join(root, 'predictions'),
    '--threads',
    '1',
    '--out',
    out,
  ]
  const code = await runCommand([...command, '--options', JSON.stringify(options), ...args], {}, terminal)
  if (code === 2) throw new Error(err.join('\n'))
  const summary = JSON.parse(readFileSync(join(out, 'summary.json'), 'utf8'))
  return { code, summary, err: err.join('\n') }
}

const groups = { WT: [1, 2, 3], ET: [3] }

describe('a folder of .nii.gz', () => {
  beforeEach(() => {
    // Two lesions, of which one is found; one lesion, found; one that is missing; and one invented.
    write('labelsTr/case_001.nii.gz', volume({ 0: 1, 4: 3 }))
    write('predictions/case_001.nii.gz', volume({ 0: 1 }))
    write('labelsTr/case_002.nii.gz', volume({ 1: 3, 2: 2 }))
    write('predictions/case_002.nii.gz', volume({ 1: 3, 2: 2 }))
    write('labelsTr/case_003.nii.gz', volume({ 8: 2 }))
    write('predictions/case_003.nii.gz', volume({ 3: 3 }))
  })

  it('is matched as nnU-Net names files, with lesions of each group counted together and intervals', async () => {
    const { code, summary, err } = await evaluate(
      { families: ['overlap', 'boundary', 'lesions'], groups, labels: 'classes' },
      ...['--match', 'nnunet'],
    )
    expect([code, err]).toEqual([0, expect.any(String)])
    expect(summary.matching).toMatchObject({ rule: 'nnunet', pairs: 3 })
    expect(summary.pooled.lesions?.rows).toEqual([
      {
        group: 'WT',
        lesions: 4,
        predicted: 3,
        detected: 2,
        missed: 2,
        false: 1,
        sensitivity: 0.5,
        precision: 2 / 3,
        f1: expect.closeTo(4 / 7, 12),
      },
      {
        group: 'ET',
        lesions: 2,
        predicted: 2,
        detected: 1,
        missed: 1,
        false: 1,
        sensitivity: 0.5,
        precision: 0.5,
        f1: 0.5,
      },
    ])
    const values = Object.keys(summary.intervals?.values ?? {})
    expect(values).toContain('/pooled/lesions/rows/0/f1')
    expect(summary.pooled.lesions?.mean_f1).toBeCloseTo((4 / 7 + 1 / 2) / 2, 12)
    expect(values).toContain('/pooled/lesions/mean_f1')
    expect(values).toContain('/macro/lesion_f1_of_WT/mean')
    // 2 of 2 voxels share a cube of 8 mm³; the case without ET in either mask has no score.
    expect(summary.macro.group_class_dice_of_WT.mean).toBeCloseTo((2 / 3 + 1 + 0) / 3, 12)
    expect(summary.macro.lesion_volume_ground_truth_of_WT?.mean).toBeCloseTo(0.008 * (5 / 3), 12)
    expect(summary.macro.group_hausdorff_95_of_ET.defined).toBe(3)
  })

  it('counts the lesions of a missing prediction as missed', async () => {
    rmSync(join(root, 'predictions/case_002.nii.gz'))
    const { summary } = await evaluate(
      { families: ['lesions'], groups: { WT: [1, 2, 3] }, labels: 'classes' },
      ...['--on-missing', 'empty', '--check', 'lesion_f1>=0.2'],
    )
    // 1 of 4 found, 2 predicted: the score that stands for a run of lesions alone, in lists and in reports.
    expect(pooledHeadline(summary)).toMatchObject({ lesion_f1: expect.closeTo(1 / 3, 12) })
    expect(summary.checks).toMatchObject([{ result: 'pass' }])
    expect(headlineRows(summary).map(({ score, kind }) => `${score}, ${kind}`)).toEqual(
      expect.arrayContaining(['lesion_f1, pooled', 'lesion_f1, mean over images']),
    )
    expect(summary.pooled.lesions?.rows[0]).toMatchObject({
      lesions: 4,
      detected: 1,
      missed: 3,
      predicted: 2,
      false: 1,
    })
    expect(summary.macro.lesion_f1_of_WT.mean).toBeCloseTo((2 / 3 + 0 + 0) / 3, 12)
  })

  it('is matched by the names of BraTS, too', async () => {
    for (const n of [1, 2, 3]) rmSync(join(root, `labelsTr/case_00${n}.nii.gz`))
    for (const n of [1, 2, 3]) rmSync(join(root, `predictions/case_00${n}.nii.gz`))
    for (const n of ['00000', '00001']) {
      const name = `BraTS-GLI-${n}-000`
      mkdirSync(join(root, 'labelsTr', name))
      write(`labelsTr/${name}/${name}-seg.nii.gz`, volume({ 1: 3 }))
      write(`labelsTr/${name}/${name}-t1n.nii.gz`, volume({}))
      write(`predictions/${name}.nii.gz`, volume({ 1: 3 }))
    }
    const { summary } = await evaluate({ labels: 'classes' }, '--match', 'brats')
    expect(summary.matching).toMatchObject({ rule: 'brats', pairs: 2, missing: [] })
    expect(summary.pooled.mi_loss).toBe(0)
  })
})

it('segmentations of 3D Slicer may name their labels, whose numbers are fixed', async () => {
  const seg = writeNrrd({
    sizes: [2, 2, 1],
    data: Uint8Array.of(0, 1, 1, 0),
    pairs: { Segment0_Name: 'liver', Segment0_LabelValue: '1' },
  })
  write('labelsTr/a.seg.nrrd', seg)
  write('predictions/a.seg.nrrd', seg)
  const { code, summary } = await evaluate({ labels: 'classes' })
  expect([code, summary.items.scored]).toEqual([0, 1])
})

it('headers and the voxels beside them are one volume each, and a header alone is an item that fails', async () => {
  const data = Uint8Array.from({ length: 24 }, (_, i) => (i * i) % 3)
  const places = { ElementSpacing: '1 1 2' }
  const whole = Buffer.from(writeMetaImage({ sides: [2, 3, 4], type: 'MET_UCHAR', data, fields: places }))
  const header = whole.subarray(0, whole.length - data.length).toString()
  const detached = (file: string) => Buffer.from(header.replace('= LOCAL', `= ${file}`))
  write('labelsTr/a.mha', whole)
  write('predictions/a.mhd', detached('a.raw'))
  write('predictions/a.raw', data)
  write('labelsTr/b.nii', writeNifti({ sides: [2, 3, 4], data }))
  write('predictions/b.hdr', writeNifti({ sides: [2, 3, 4], data, detached: true }))
  write('predictions/b.img', data)
  write('labelsTr/c.nrrd', writeNrrd({ sizes: [2, 3, 4], data }))
  write(
    'predictions/c.nhdr',
    writeNrrd({
      sizes: [2, 3, 4],
      data: new Uint8Array(),
      fields: { 'data file': 'c.raw.gz', encoding: 'gzip' },
    }),
  )
  write('predictions/c.raw.gz', gzipSync(data))
  write('labelsTr/d.mha', whole)
  write('predictions/d.mhd', detached('other.raw'))
  const { summary } = await evaluate({ labels: 'classes' }, '--allow-failed', '1')
  expect(summary.matching).toMatchObject({ pairs: 4, missing: [], extra: [] })
  expect(summary.items).toMatchObject({ total: 4, scored: 3, failed: 1 })
  expect(summary.pooled.overlap?.pixel_accuracy).toBe(1)
  expect(summary.failures).toMatchObject([
    { key: 'd', side: 'prediction', detail: expect.stringContaining('other.raw') },
  ])
})

it('lesions by the rules of BraTS are pooled as Σ Dice / (lesions + false components), with intervals', async () => {
  for (const [key, truth, predicted] of [
    // One lesion of one voxel found exactly; one missed, one invented; nothing there and nothing found.
    ['a', { 1: 1 }, { 1: 1 }],
    ['b', { 0: 1 }, { 8: 1 }],
    ['c', {}, {}],
    ['d', { 1: 1 }, { 1: 1 }],
    ['e', { 1: 1 }, { 1: 1 }],
  ] as const) {
    write(`labelsTr/${key}.nii.gz`, volume(truth))
    write(`predictions/${key}.nii.gz`, volume(predicted))
  }
  const { summary } = await evaluate({
    families: ['lesions'],
    groups: { WT: [1] },
    lesions: { protocol: 'brats', dilation: 1, min_volume: 0 },
    labels: 'classes',
  })
  expect(summary.pooled.lesions?.rows[0]).toMatchObject({
    lesions: 4,
    false: 1,
    mean_dice: expect.closeTo(3 / 5, 12),
    mean_hausdorff_95: expect.closeTo((2 * 374) / 5, 12),
  })
  // Over images the empty case counts as perfect, as in the challenge.
  expect(summary.macro.lesion_mean_dice_of_WT.mean).toBeCloseTo((1 + 0 + 1 + 1 + 1) / 5, 12)
  const values = summary.intervals?.values ?? {}
  expect(values['/pooled/lesions/rows/0/mean_dice']).toEqual([expect.any(Number), expect.any(Number)])
  expect(values).toHaveProperty(['/pooled/lesions/rows/0/mean_hausdorff_95'])
})
