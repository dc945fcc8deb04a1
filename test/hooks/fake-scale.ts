import { pngOf } from '../annotations/png.ts'
import { FakeTool } from './fake-tool.ts'

type LabelMapping = Record<string, { index: number } | { index: number; color?: string }[]>

/** The store where Scale puts the masks of its tasks, and callbacks as Scale posts them. */
export class FakeScale {
  readonly #images = new Map<string, Uint8Array>()
  readonly tool = new FakeTool(({ path }) => {
    const bytes = this.#images.get(path)
    return bytes ? { bytes } : { status: 404 }
  })
  #last = 0

  /** A segmentation of rows of indexes, as a response or hypothesis holds it. */
  async segmentation(rows: readonly (readonly number[])[], labelMapping: LabelMapping, isExtended = false) {
    const path = `/masks/${++this.#last}`
    const data = rows.flat().flatMap((index) => (isExtended ? colourOf(index) : [index]))
    this.#images.set(path, await pngOf(rows[0].length, rows.length, isExtended ? 4 : 1, data))
    // As results of Scale: the address is signed for a while.
    const address = `${this.tool.url}${path}?signature=s3cret`
    const kind = isExtended ? 'extendedIndexedImage' : 'indexedImage'
    return {
      labelMapping,
      annotations: { combined: { image: `${address}-colours`, [kind]: address }, labeled: {} },
    }
  }

  task(response: object, hypothesis?: object, more: object = {}) {
    const task_id = `5774cc78b01249ab09f08${String(++this.#last).padStart(3, '0')}`
    const params = {
      attachment: 'https://example.com/a.jpg',
      labels: ['car'],
      ...(hypothesis && { hypothesis }),
    }
    const task = { task_id, type: 'segmentannotation', status: 'completed', params, metadata: {}, ...more }
    return { task: { ...task, response }, response, task_id }
  }
}

/** 24 bits, the lowest in red; the alpha tells unlabelled pixels apart. */
const colourOf = (index: number): number[] => [
  index & 255,
  (index >> 8) & 255,
  index >> 16,
  index === 0 ? 0 : 255,
]
