import { globSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { runCommand } from '../../src/commands/run-command.ts'
import type { Summary } from '../../src/evaluations/summary/summary.ts'
import { writeTar } from '../evaluations/sources/tar-writer.ts'
import { writeZip } from '../evaluations/sources/zip-writer.ts'
import { writePngSamples } from '../oracle/png-writer.ts'

const examples = join(import.meta.dirname, '../../examples')

let root: string
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'maskscore-'))
})
afterEach(() => rmSync(root, { recursive: true }))

async function evaluate(...args: string[]) {
  const out: string[] = []
  const err: string[] = []
  const terminal = { out: (text: string) => out.push(text), err: (text: string) => err.push(text) }
  const code = await runCommand(['evaluate', ...args, '--json', '--threads', '1'], {}, terminal)
  const summary: Summary = JSON.parse(out.join('') || 'null')
  return { code, summary, err: err.join('\n') }
}

function write(path: string, content: string | Uint8Array): string {
  const target = join(root, path)
  mkdirSync(dirname(target), { recursive: true })
  writeFileSync(target, content)
  return target
}

/** All files of a folder, as entries of an archive. */
function entriesOf(folder: string) {
  const paths = globSync('**/*.png', { cwd: folder }).sort()
  return paths.map((name) => ({ name, content: readFileSync(join(folder, name)) }))
}

/** A grey mask of one row. */
const png = (...labels: number[]) =>
  writePngSamples({
    width: labels.length,
    height: 1,
    bitDepth: 8,
    colourType: 0,
    samples: Uint16Array.from(labels),
  })

describe('evaluate on what is no folder', () => {
  it('answers the same for a folder, a zip, a tar, a tar.gz and a manifest', async () => {
    const dataset = join(examples, 'dataset')
    const [truths, predictions] = [join(dataset, 'ground-truth'), join(dataset, 'this-week')]
    const options = ['--options', join(dataset, 'options.json'), '--replicates', '200']
    const whole = (await evaluate(truths, predictions, ...options)).summary
    expect(whole.complete).toBe(true)
    const zip = write('gt.zip', writeZip(entriesOf(truths)))
    const tar = write('pred.tar', writeTar(entriesOf(predictions)))
    const tgz = write('pred.tgz', gzipSync(writeTar(entriesOf(predictions))))
    expect((await evaluate(zip, tar, ...options)).summary).toEqual(whole)
    expect((await evaluate(truths, tgz, ...options)).summary).toEqual(whole)
    const rows = entriesOf(truths).map(
      ({ name }) => `${truths}/${name},${predictions}/${name},${name.replace('.png', '')}`,
    )
    const manifest = write('items.csv', ['ground_truth,prediction,key', ...rows].join('\n'))
    const listed = (await evaluate('--manifest', manifest, ...options)).summary
    expect({ ...listed, matching: whole.matching }).toEqual(whole)
  })

  it('takes the names of annotations for classes, and scores a dataset of one as the pair', async () => {
    const args = ['coco/ground-truth.json', 'cvat-images/prediction.zip'].map((path) =>
      join(examples, 'labeling', path),
    )
    const { code, summary, err } = await evaluate(...args)
    expect({ code, err }).toEqual({ code: 0, err: expect.stringContaining('matched 1 of 1 by rule "path"') })
    expect(summary).toMatchObject({ complete: true, labels: 'classes' })
    expect(summary.pooled.overlap?.per_class).toMatchObject([
      { name: 'unlabelled' },
      { name: 'cell' },
      { name: 'leaf' },
    ])
  })

  it('scores folders of objects as one mask each, and fails the item whose objects overlap', async () => {
    write('gt/x/images/x.png', png(0, 0, 0, 0))
    write('gt/x/masks/1.png', png(255, 255, 0, 0))
    write('gt/x/masks/2.png', png(0, 0, 0, 255))
    write('gt/y/images/y.png', png(0, 0))
    write('gt/y/masks/1.png', png(255, 0))
    write('gt/y/masks/2.png', png(255, 0))
    write('pred/x.png', png(5, 5, 0, 9))
    write('pred/y.png', png(1, 0))
    const { summary } = await evaluate(
      join(root, 'gt'),
      join(root, 'pred'),
      '--options',
      '{"labels": "objects"}',
    )
    expect(summary.pooled.mi_loss).toBe(0)
    expect(summary.failures).toMatchObject([{ key: 'y', side: 'ground_truth', code: 'INVALID_ANNOTATION' }])
  })

  it('scores volumes where the options say that stacks are', async () => {
    const text = `{'descr': '|u1', 'fortran_order': False, 'shape': (2, 1, 4), }`.padEnd(117)
    const npy = (...labels: number[]) =>
      Buffer.concat([
        Buffer.from('\x93NUMPY\x01\x00v\x00', 'latin1'),
        Buffer.from(`${text}\n`),
        Buffer.from(labels),
      ])
    write('gt/a.npy', npy(0, 0, 1, 1, 0, 1, 1, 1))
    write('pred/a.npy', npy(0, 0, 1, 1, 0, 0, 1, 1))
    const sides = [join(root, 'gt'), join(root, 'pred')] as const
    const { summary } = await evaluate(...sides, '--options', '{"stack": "volume", "labels": "classes"}')
    expect(summary).toMatchObject({ complete: true, pixels: { total: 8 } })
    expect(summary.pooled.overlap?.pixel_accuracy).toBe(7 / 8)
    const { summary: slices } = await evaluate(...sides)
    expect(slices.failures).toMatchObject([{ key: 'a', side: 'ground_truth', code: 'MULTI_PAGE' }])
  })

  it('passes over lists and notes, and reads texts where the format is named', async () => {
    for (const side of ['gt', 'pred']) write(`${side}/a.txt`, '1 0.5 0.5 0.5 0.5\n')
    const yolo = { format: 'yolo_seg', width: 8, height: 8 }
    const options = JSON.stringify({ ground_truth: yolo, prediction: yolo, labels: 'classes' })
    const { summary } = await evaluate(join(root, 'gt'), join(root, 'pred'), '--options', options)
    expect(summary).toMatchObject({ complete: true, items: { scored: 1 }, pooled: { mi_loss: 0 } })
    for (const side of ['gt', 'pred']) write(`${side}/b.png`, png(0, 1))
    const masks = await evaluate(join(root, 'gt'), join(root, 'pred'))
    expect(masks.summary.items.total).toBe(1)
    expect(masks.summary.matching).toMatchObject({ junk: { ground_truth: { 'text file': 1 } } })
  })
})
