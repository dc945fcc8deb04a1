import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { inspectCommand } from '../../src/commands/inspect.ts'
import { decodeSamples, sampleOptions } from '../decoding/decode-samples.ts'

const sample = (name: string) => join(import.meta.dirname, '../decode-samples', name)

async function inspect(...args: string[]) {
  const out: string[] = []
  const err: string[] = []
  const terminal = { out: (text: string) => out.push(text), err: (text: string) => err.push(text) }
  return { code: await inspectCommand.run(args, {}, terminal), out: out.join('\n'), err: err.join('\n') }
}

describe('inspect', () => {
  it('prints what a mask holds, its largest labels first, and its warnings', async () => {
    const { code, out } = await inspect(sample('png-pal8-index-out-of-range.png'))
    expect(code).toBe(0)
    expect(out.split('\n').slice(0, 8)).toEqual([
      'format         png',
      'encoding       png-palette-index8 (the index is the label)',
      'size           96×64, 6,144 pixels',
      'labels         22, from 0 to 255',
      'labels_sha256  228b24ddbd5b93109245b7c5ebaae3cb985f9202f59f65ed48bced74d6a82c1a',
      '',
      '      label         pixels      share',
      '         16            698   11.361 %  ███',
    ])
    expect(out).toContain('\n… and 2 smaller ones; --json lists them\n')
    expect(out).toMatch(/\nwarnings\n {2}PALETTE_INDEX_OUT_OF_RANGE: Index 255 .*`ignore_labels`/)
    expect(out).toMatch(/\nhints\n {2}.*Pascal VOC/)
  })

  it.each(decodeSamples.filter(({ expect }) => 'width' in expect))(
    'prints what the label is for every way of reading: $file',
    async (read) => {
      const { out } = await inspect(sample(read.file), '--options', JSON.stringify(sampleOptions(read)))
      expect(out).toMatch(/\nencoding {7}\S+ \(.*label\)\n/)
    },
  )

  it('prints names of labels, where the format has names', async () => {
    const file = join(mkdtempSync(join(tmpdir(), 'maskscore-')), 'annotation')
    const shapes = [
      {
        label: 'road',
        shape_type: 'rectangle',
        points: [
          [0, 0],
          [1, 1],
        ],
      },
    ]
    writeFileSync(file, JSON.stringify({ version: '5.0.0', shapes, imageWidth: 4, imageHeight: 2 }))
    const { out } = await inspect(file, '--options', '{"format":"labelme"}')
    expect(out).toMatch(/\n {10}1 .* road$/m)
  })

  it('prints JSON with --json, the histogram ascending by label', async () => {
    const { out } = await inspect(sample('png-grey8.png'), '--json')
    const { histogram, labels, hints } = JSON.parse(out)
    expect(histogram).toHaveLength(labels)
    const numbers = histogram.map(([label]: [number]) => label)
    expect(numbers).toEqual(numbers.toSorted((a: number, b: number) => a - b))
    expect(hints).toEqual([])
  })

  it('prints why a file is refused, and what to do', async () => {
    const { code, out, err } = await inspect(sample('png-rgb8-panoptic-no-encoding.png'))
    expect([code, out]).toEqual([2, ''])
    expect(err).toMatch(/^COLOR_ENCODING_REQUIRED: [\s\S]*Its colours: #.*`color` to "rgb24"/)
    expect(err).toContain('\nRemedy: ')
  })
})
