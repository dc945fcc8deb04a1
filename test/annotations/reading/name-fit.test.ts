import { describe, expect, it } from 'vitest'
import { fitOf, fits } from '../../../src/annotations/reading/name-fit.ts'

describe('how a name fits what is asked for', () => {
  it.each([
    ['a.jpg', 'a.jpg', 'text'],
    ['x/a.jpg', 'x\\a.jpg', 'path'],
    ['./x/a.jpg', 'x/a.jpg', 'path'],
    ['/x/a.jpg', 'x/a.jpg', 'path'],
    ['x/a.jpg', 'a.jpg', 'fileName'],
    ['a.jpg', 'x/a.jpg', 'fileName'],
    ['data/x/raw/a.jpg', 'x/a.jpg', 'fileName'],
    ['x/ann/a.jpg', 'x/img/a.jpg', 'fileName'],
    ['labels/train/a.txt', 'images/train/a.jpg', 'stem'],
    ['SegmentationClass/a.png', 'JPEGImages/a.jpg', 'stem'],
    ['a.jpg', 'a', 'stem'],
    ['a.b.jpg', 'a.b', 'stem'],
    ['train/a.jpg', 'valid/a.jpg', 'none'],
    ['1/x/a.jpg', 'x/1/a.jpg', 'none'],
    ['a.left', 'a.right', 'none'],
    ['a.jpg', 'b.jpg', 'none'],
    ['aa.jpg', 'a.jpg', 'none'],
    ['x/', 'y/', 'none'],
    ['', 'a', 'none'],
  ] as const)('%s for %s: %s', (name, wanted, fit) => {
    expect(fitOf(name, wanted)).toBe(fits[fit])
    if (fit !== 'text') expect(fitOf(wanted, name)).toBe(fits[fit])
  })
})
