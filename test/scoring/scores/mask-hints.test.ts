import { expect, it } from 'vitest'
import { maskHints } from '../../../src/scoring/scores/mask-hints.ts'

const hints = (
  encoding: string,
  labels: readonly number[],
  rest: Partial<Parameters<typeof maskHints>[0]> = {},
) =>
  maskHints({ encoding, labels, preset: undefined, greyBits: undefined, binary: false, ...rest })
    .map(({ message }) => message)
    .join('\n')

it.each([
  ['a binary mask', 'png-grey8', [0, 255], '`binary`'],
  ['greys of few bits', 'png-grey2-expanded', [0, 85], 'Samples of 2 bits'],
  ['a VOC palette', 'png-palette-index8', [0, 15, 255], '`preset` "voc"'],
  ['a void label', 'png-grey8', [0, 11, 18, 255], '`ignore_labels`'],
  ['Cityscapes instances', 'png-grey16', [3, 7, 24_001, 33_012], '"cityscapes_classes"'],
  ['KITTI instances', 'png-grey16', [768, 6913, 6914], '"kitti_classes"'],
  ['void in labels of a JSON body', 'labels-uint8', [0, 1, 255], '`ignore_labels`'],
  ['a map of probabilities', 'png-grey8', [...Array(200).keys(), 255], 'a threshold'],
  ['the same in an array', 'npy-int64', [0, 768, 6913], '"mapillary_classes"'],
])('%s is recognised', (_, encoding, labels, said) => {
  expect(hints(encoding, labels)).toContain(said)
})

it.each([
  ['few classes', 'png-grey8', [0, 1, 2]],
  ['255 among many labels', 'png-grey8', [0, 1, 250, 255]],
  ['segments numbered from 0', 'png-grey16', Array.from({ length: 900 }, (_, i) => i)],
  ['numbers beyond 16 bits', 'npy-uint32', [0, 256, 65_536]],
  ['a hundred objects', 'png-grey8', [...Array(101).keys()]],
  ['a palette of many colours', 'png-palette-index8', [...Array(256).keys()]],
  ['an annotation', 'regions-pixel-centre-fill', [0, 255]],
])('%s gives no hint', (_, encoding, labels) => {
  expect(hints(encoding, labels)).toBe('')
})

it('gives no hint for a file that is read by a preset or as binary', () => {
  expect(hints('png-grey16', [768, 6913, 6914], { preset: 'kitti' })).toBe('')
  expect(hints('png-grey8', [0, 1], { binary: true })).toBe('')
  expect(hints('png-grey1-expanded', [0, 255], { greyBits: 'expanded' })).not.toContain('grey_bits')
})
