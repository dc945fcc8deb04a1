import { describe, expect, it } from 'vitest'
import type { AnnotatedImage, RegionLabel } from '../../src/annotations/annotated-image.ts'
import { assignLabels } from '../../src/annotations/label-names.ts'
import { refusalOf } from './grid.ts'

const image = (...labels: RegionLabel[]): AnnotatedImage => ({
  width: 1,
  height: 1,
  format: 'coco',
  polygonFill: 'coco',
  crowd: 'object',
  unlabelledIsVoid: false,
  warnings: [],
  regions: labels.map((label, index) => ({
    label,
    instance: `${index}`,
    crowd: false,
    pointer: `/${index}`,
  })),
})
const named = (name: string): RegionLabel => ({ kind: 'name', name })
const category = (id: number, name?: string): RegionLabel => ({
  kind: 'category',
  id,
  ...(name !== undefined && { name }),
})
const classes = (...names: string[]) => new Map(names.map((name, label) => [label, name]))

/** Labels of all regions, image by image, and what the list says beside. */
function assigned(images: AnnotatedImage[], list?: ReadonlyMap<number, string>) {
  const { labelOf, names, classZero, warnings } = assignLabels(images, list)
  return {
    labels: images.map(({ regions }) => regions.map(labelOf)),
    names: Object.fromEntries(names),
    classZero,
    codes: warnings.map(({ code }) => code),
  }
}

describe('names', () => {
  it('are numbered from 1 in order of first appearance, the ground truth first', () => {
    const { labels, names } = assigned([
      image(named('leaf'), named('cell'), named('leaf')),
      image(named('root'), named('cell')),
    ])
    expect(labels).toEqual([
      [1, 2, 1],
      [3, 2],
    ])
    expect(names).toEqual({ 1: 'leaf', 2: 'cell', 3: 'root' })
  })

  it('take the numbers of `classes`, and are refused with their pointer where it lacks them', async () => {
    const list = classes('none', 'cell', 'leaf')
    expect(assigned([image(named('leaf'), named('cell'))], list).labels).toEqual([[2, 1]])
    const refusal = await refusalOf(() => assigned([image(named('leaf'), named('root'))], list))
    expect(refusal.errors[0].pointer).toBe('/1')
  })

  it('warns that a class with label 0 cannot be told from unpainted pixels', () => {
    const { labels, codes } = assigned([image(named('cell'))], classes('cell'))
    expect([labels, codes]).toEqual([[[0]], ['PAINTED_AS_BACKGROUND']])
  })
})

describe('categories', () => {
  it('keep their numbers; bare names take numbers that are free', () => {
    const { labels, names } = assigned([
      image(category(1, 'cat'), category(7)),
      image(named('dog'), named('cat')),
    ])
    expect(labels).toEqual([
      [1, 7],
      [2, 1],
    ])
    expect(names).toEqual({ 1: 'cat', 2: 'dog' })
  })

  it('match by name where two documents number them differently', () => {
    const { labels, codes } = assigned([
      image(category(3, 'cat'), category(4, 'dog')),
      image(category(4, 'cat'), category(3, 'dog')),
    ])
    expect(labels).toEqual([
      [3, 4],
      [3, 4],
    ])
    expect(codes).toEqual([])
  })

  it('moves a number that stands for another name already', () => {
    const { labels, codes } = assigned([image(category(3, 'cat')), image(category(3, 'dog'))])
    expect([labels, codes]).toEqual([[[3], [1]], ['CATEGORY_RENUMBERED']])
  })
})

describe('category 0', () => {
  it('moves to the next free number, keeps its name, and is reported', () => {
    const { labels, names, codes } = assigned([image(category(0, 'cat'), category(1, 'dog'))])
    expect(labels).toEqual([[2, 1]])
    expect(names).toEqual({ 1: 'dog', 2: 'cat' })
    expect(codes).toEqual(['CATEGORY_RENUMBERED'])
  })

  it('is one category with and without a name, in either order', () => {
    for (const images of [
      [image(category(0)), image(category(0, 'cat'))],
      [image(category(0, 'cat')), image(category(0))],
    ])
      expect(assigned(images)).toMatchObject({ labels: [[1], [1]], names: { 1: 'cat' } })
    expect(assigned([image(category(0)), image(category(0))])).toMatchObject({
      labels: [[1], [1]],
      names: { 1: '0' },
    })
  })

  it('of two names is two categories', () => {
    expect(assigned([image(category(0, 'cat')), image(category(0, 'dog'))]).labels).toEqual([[1], [2]])
  })

  it('takes its name in `classes` along', () => {
    const list = classes('person', 'car')
    const { labels, names, classZero } = assigned([image(category(0), category(1)), image(category(0))], list)
    expect(labels).toEqual([[2, 1], [2]])
    expect(names).toEqual({ 1: 'car', 2: 'person' })
    expect(classZero).toBe(2)
  })

  it('matches a bare name', () => {
    expect(assigned([image(category(0), named('person'))], classes('person')).labels).toEqual([[1, 1]])
    expect(assigned([image(named('cat')), image(category(0, 'cat'))]).labels).toEqual([[1], [1]])
  })
})
