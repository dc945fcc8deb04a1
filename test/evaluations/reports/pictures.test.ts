import { describe, expect, it } from 'vitest'
import { htmlReport } from '../../../src/evaluations/reports/html/html-report.ts'
import type { NoPicture, Picture } from '../../../src/evaluations/reports/report-input.ts'
import { difference } from '../../../src/labels/difference.ts'
import { thumbnail } from '../../../src/rendering/thumbnail.ts'
import { runOf } from '../rows.ts'
import { reportOf, scored, textOf } from './sample-report.ts'

const overlayOf = (
  width: number,
  height: number,
  codes: readonly number[],
  mode: 'difference' | 'segments' = 'difference',
) => ({
  mode,
  match: 'names' as const,
  under: 'grey' as const,
  groundTruth: { width, height, depth: 1, labels: Uint32Array.from(codes, (_, k) => k % 2) },
  codes: Uint8Array.from(codes),
  shares: new Map([
    [0, 0.1],
    [1, 0.4],
  ]),
})

const colours = ({ pixels }: { readonly pixels: Uint8Array }) =>
  Array.from({ length: pixels.length / 3 }, (_, k) => [...pixels.subarray(3 * k, 3 * k + 3)].join(' '))

describe('a small picture', () => {
  const { agreement, missing, extra, confused, ignored } = difference

  it('shows differences in their colours, what agrees in the grey of its label, what is ignored striped', () => {
    const all = colours(
      thumbnail(overlayOf(6, 1, [agreement, agreement, missing, extra, confused, ignored]), 320),
    )
    expect(all).toEqual(['27 32 39', '40 45 51', '213 94 0', '86 180 233', '240 228 66', '20 24 29'])
  })

  it('takes the pixel nearest to the middle and keeps the shape', () => {
    const codes = Array.from({ length: 40 * 20 }, (_, k) => (k % 40 < 20 ? missing : extra))
    const { width, height, pixels } = thumbnail(overlayOf(40, 20, codes), 4)
    expect([width, height]).toEqual([4, 2])
    expect(colours({ pixels }).slice(0, 4)).toEqual(['213 94 0', '213 94 0', '86 180 233', '86 180 233'])
    expect(thumbnail(overlayOf(400, 1, new Array(400).fill(agreement)), 20).height).toBe(1)
  })

  it('shades objects by their share of the loss', () => {
    const [little, most] = colours(thumbnail(overlayOf(2, 1, [agreement, missing], 'segments'), 320))
    expect(most).toBe('252 243 176')
    expect(little).not.toBe(most)
  })
})

const picture = { png: new Uint8Array([1, 2, 3]), width: 32, height: 24 }
const page = (pictures: ReadonlyMap<number, Picture | NoPicture>, run = runOf(2)) =>
  textOf(htmlReport({ ...reportOf(scored, run), pictures }))

describe('the worst images in report.html', () => {
  it('stand in the order of their loss, as data within the page', () => {
    const text = page(
      new Map([
        [0, picture],
        [1, picture],
      ]),
    )
    expect(text.match(/<img src="data:image\/png;base64,AQID" width="32" height="24" alt="[^"]*"/g)).toEqual([
      expect.stringContaining('alt="Where the masks of item-0001 differ"'),
      expect.stringContaining('alt="Where the masks of item-0000 differ"'),
    ])
  })

  it('say why one could not be drawn', () => {
    const text = page(
      new Map<number, Picture | NoPicture>([
        [0, picture],
        [1, { problem: 'An overlay is of one image.' }],
      ]),
    )
    expect(text).toContain('<li><code>item-0001</code>: An overlay is of one image.</li>')
  })

  it('show shares of the loss where labels number objects', () => {
    expect(page(new Map([[0, picture]]), runOf(2, {}, { labels: 'objects' }))).toContain(
      'Which objects of the ground truth cause the loss',
    )
  })
})
