import { GrowingColumn } from '../rows/growing-column.ts'
import type { ItemRow } from '../rows/item-row.ts'
import type { RowPlace } from '../running/kept-files.ts'
import { inCatalogueOrder } from '../score-facts.ts'
import type { ColumnFacts, ColumnValues } from './column-file.ts'
import { NumberedTexts } from './numbered-texts.ts'
import { TextColumnBuilder } from './text-column.ts'

export const statusNumbers = { scored: 0, failed: 1, skipped: 2 } as const
/** Added to the status of an item that was scored as empty. */
export const substitutedBit = 4

/** What items are found and ordered by, in columns: built from all rows of a run in manifest order. */
export class ItemColumns {
  readonly #items: number
  readonly #status: Uint8Array
  readonly #file: Uint32Array
  readonly #start: Float64Array
  readonly #bytes: Uint32Array
  readonly #code: Uint32Array
  readonly #group: Uint32Array
  readonly #scores = new Map<string, Float64Array>()
  readonly #by = new Map<string, { readonly numbers: Uint32Array; readonly texts: NumberedTexts }>()
  readonly #keys = new TextColumnBuilder()
  readonly #codes = new NumberedTexts()
  readonly #groups = new NumberedTexts()
  readonly #classes = ['start', 'label', 'tp', 'fp', 'fn'].map((name) => [name, new GrowingColumn()] as const)
  #size = 0

  constructor(items: number) {
    this.#items = items
    this.#status = new Uint8Array(items)
    this.#file = new Uint32Array(items)
    this.#start = new Float64Array(items)
    this.#bytes = new Uint32Array(items)
    this.#code = new Uint32Array(items)
    this.#group = new Uint32Array(items)
  }

  get size(): number {
    return this.#size
  }

  add(row: ItemRow, place: RowPlace): void {
    const at = this.#size++
    this.#status[at] = statusNumbers[row.status] + (row.substituted ? substitutedBit : 0)
    this.#file[at] = place.file
    this.#start[at] = place.start
    this.#bytes[at] = place.bytes
    this.#code[at] = this.#codes.numberOf(row.problem?.code)
    this.#group[at] = this.#groups.numberOf(row.group)
    this.#keys.add(row.key)
    for (const name in row.scores) this.#scoresOf(name)[at] = row.scores[name] ?? Number.NaN
    for (const [name, value] of Object.entries(row.by ?? {})) {
      const { numbers, texts } = this.#valuesOf(name)
      numbers[at] = texts.numberOf(value)
    }
    const [[, start], ...numbers] = this.#classes
    start.push(numbers[0][1].length)
    if (row.status !== 'scored') return
    for (const entry of row.classes)
      numbers.forEach(([, column], k) => {
        column.push(entry[k])
      })
  }

  facts(files: readonly string[], hasClasses: boolean): ColumnFacts {
    return {
      items: this.#items,
      files,
      scores: inCatalogueOrder(this.#scores.keys()),
      by: [...this.#by.keys()].sort(),
      codes: this.#codes.texts,
      hasClasses,
    }
  }

  /** All columns by name; `class.start` has one entry more than there are items. */
  columns(): Map<string, ColumnValues> {
    const [[, start], [, labels]] = this.#classes
    start.push(labels.length)
    return new Map<string, ColumnValues>([
      ['status', this.#status],
      ['file', this.#file],
      ['start', this.#start],
      ['bytes', this.#bytes],
      ['code', this.#code],
      ['group', this.#group],
      ...textsOf('group.values', this.#groups),
      ...this.#keys.columns('key'),
      ...[...this.#scores].map(([name, values]) => [`score.${name}`, values] as const),
      ...[...this.#by].flatMap(([name, { numbers, texts }]) => [
        [`by.${name}`, numbers] as const,
        ...textsOf(`by.${name}.values`, texts),
      ]),
      ...this.#classes.map(([name, { values }]) => [`class.${name}`, values] as const),
    ])
  }

  #scoresOf(name: string): Float64Array {
    const known = this.#scores.get(name)
    if (known) return known
    const made = new Float64Array(this.#items).fill(Number.NaN)
    this.#scores.set(name, made)
    return made
  }

  #valuesOf(name: string) {
    const known = this.#by.get(name) ?? {
      numbers: new Uint32Array(this.#items),
      texts: new NumberedTexts(),
    }
    this.#by.set(name, known)
    return known
  }
}

function textsOf(name: string, { texts }: NumberedTexts): [string, ColumnValues][] {
  const column = new TextColumnBuilder()
  for (const text of texts) column.add(text)
  return column.columns(name)
}
