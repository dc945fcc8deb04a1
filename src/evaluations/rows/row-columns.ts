import { groupStream, type StreamKind } from '../bootstrap/group-stream.ts'
import { PackedList } from '../packed-list.ts'
import { GrowingColumn, type Numbers } from './growing-column.ts'
import type { ItemRow } from './item-row.ts'
import { MapColumnsBuilder, type MapNumbers } from './map-columns.ts'
import { type SparseColumn, SparseColumnBuilder } from './sparse-column.ts'

/**
 * The numbers of the scored rows of a dataset in columns, in manifest order: what order statistics and resamples are computed
 * from. Plain data that a thread can be handed; a million rows take a few hundred megabytes.
 */
export interface RowNumbers {
  /** Number of scored rows. */
  readonly size: number
  /** Place in the manifest. */
  readonly index: Numbers
  /** The number of the group of each row, by first appearance; an item without a group is one by its key. */
  readonly groupOf: Numbers
  /** Number of groups. */
  readonly groups: number
  /** What makes the random numbers of each group, the two words of its `GroupStream`; none of kinds that nobody asked for. */
  readonly streams: Readonly<Record<StreamKind, Numbers>>
  /** Whether a row has a group. */
  readonly hasGroups: boolean
  /** Weights of the manifest; absent where no row has one. */
  readonly weights?: Numbers
  /** Counted pixels. */
  readonly counted: Numbers
  /** Score → its values; NaN where it is undefined. */
  readonly scores: ReadonlyMap<string, Numbers>
  /** tp, fp, fn of each class. */
  readonly classes: SparseColumn
  /** tp, fp, fn of each label that is no class. */
  readonly otherLabels: SparseColumn
  /** IoU, tp, fp, fn of each category; empty where the matching of an image was too much work. */
  readonly panoptic: SparseColumn
  /** Of probability maps; absent where no row tells of any. */
  readonly maps?: MapNumbers
  /** tp, fp, fn of objects at IoU 1/2; absent where it was not asked for, or was too much work in an image. */
  readonly objectsAtHalf?: { readonly tp: Numbers; readonly fp: Numbers; readonly fn: Numbers }
}

/** What is known of the scored rows beside their numbers. */
export interface RowColumns extends RowNumbers {
  readonly keys: PackedList<string>
  /** What became of objects with confidences; absent unless every row tells. */
  readonly detections?: readonly DetectionOfRow[]
  /** Column of the manifest → the value of each row, as a position in `values`. */
  readonly by: ReadonlyMap<string, { readonly values: readonly string[]; readonly position: Numbers }>
}

/** What threads are handed: all else would be copied for each. */
export function numbersOf({
  keys: _keys,
  detections: _detections,
  by: _by,
  ...numbers
}: RowColumns): RowNumbers {
  return numbers
}

/** What became of the objects with confidences of a row. */
export type DetectionOfRow = Pick<ItemRow, 'index' | 'detection' | 'detection_without'>

/** Builds `RowColumns` from rows in manifest order; rows that were not scored are passed over. */
export class RowColumnsBuilder {
  readonly #seed: number
  readonly #kinds: readonly StreamKind[]
  #size = 0
  readonly #room: number
  readonly #index: GrowingColumn
  readonly #keys = new PackedList<string>()
  readonly #groupOf: GrowingColumn
  #groups = 0
  readonly #streams: Readonly<Record<StreamKind, GrowingColumn>>
  readonly #numberOfGroup = new Map<string, number>()
  readonly #weights = new GrowingColumn()
  #hasWeights = false
  readonly #counted: GrowingColumn
  readonly #scores = new Map<string, GrowingColumn>()
  readonly #classes: SparseColumnBuilder
  readonly #otherLabels: SparseColumnBuilder
  readonly #panoptic: SparseColumnBuilder
  #panopticOverBudget = false
  #maps: MapColumnsBuilder | undefined
  readonly #atHalf = [new GrowingColumn(), new GrowingColumn(), new GrowingColumn()] as const
  #hasHalf = true
  readonly #detections: DetectionOfRow[] = []
  readonly #by = new Map<string, { numbers: Map<string, number>; position: GrowingColumn }>()

  /**
   * @param kinds of random numbers that are wanted
   * @param rows how many there may be
   */
  constructor(
    seed: number,
    {
      kinds = ['bootstrap'],
      rows = 64,
    }: { readonly kinds?: readonly StreamKind[]; readonly rows?: number } = {},
  ) {
    this.#seed = seed
    this.#kinds = kinds
    this.#room = rows
    this.#index = new GrowingColumn(rows)
    this.#groupOf = new GrowingColumn(rows)
    this.#counted = new GrowingColumn(rows)
    this.#classes = new SparseColumnBuilder(3, rows)
    this.#otherLabels = new SparseColumnBuilder(3, rows)
    this.#panoptic = new SparseColumnBuilder(4, rows)
    this.#streams = { bootstrap: new GrowingColumn(2 * rows), exchange: new GrowingColumn(2 * rows) }
  }

  add(row: ItemRow): void {
    if (row.status !== 'scored') return
    this.#index.push(row.index)
    this.#keys.push(row.key)
    this.#groupOf.push(this.#groupNumber(row))
    this.#weights.push(row.weight ?? 1)
    this.#hasWeights ||= row.weight !== undefined
    this.#counted.push(row.pixels.counted)
    for (const [name, score] of Object.entries(row.scores))
      this.#push(this.#scores, name, score ?? Number.NaN)
    this.#classes.addRow(row.classes)
    this.#otherLabels.addRow(row.other_labels ?? [])
    this.#panoptic.addRow(row.panoptic ?? [])
    this.#panopticOverBudget ||= row.panoptic_over_budget === true
    this.#pushHalf(row)
    if (row.maps) this.#maps ??= new MapColumnsBuilder(this.#size)
    this.#maps?.add(row.maps ?? {}, row.pixels.counted)
    const { index, detection, detection_without: without } = row
    if (detection) this.#detections.push({ index, detection, ...(without && { detection_without: without }) })
    for (const [name, value] of Object.entries(row.by ?? {})) this.#pushValue(name, value)
    this.#size++
    for (const column of this.#scores.values()) fill(column, this.#size)
  }

  /** Number of scored rows so far. */
  get size(): number {
    return this.#size
  }

  get columns(): RowColumns {
    const [tp, fp, fn] = this.#atHalf.map(({ values }) => values)
    return {
      size: this.#size,
      index: this.#index.values,
      keys: this.#keys,
      groupOf: this.#groupOf.values,
      groups: this.#groups,
      streams: { bootstrap: this.#streams.bootstrap.values, exchange: this.#streams.exchange.values },
      hasGroups: this.#numberOfGroup.size > 0,
      ...(this.#hasWeights && { weights: this.#weights.values }),
      counted: this.#counted.values,
      scores: new Map(
        [...this.#scores].sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, { values }]) => [name, values]),
      ),
      classes: this.#classes.column,
      otherLabels: this.#otherLabels.column,
      panoptic: this.#panopticOverBudget ? emptyColumn(this.#size) : this.#panoptic.column,
      ...(this.#maps && { maps: this.#maps.columns }),
      ...(this.#size > 0 && this.#hasHalf && { objectsAtHalf: { tp, fp, fn } }),
      ...(this.#size > 0 && this.#detections.length === this.#size && { detections: this.#detections }),
      by: new Map(
        [...this.#by].map(([name, { numbers, position }]) => {
          fill(position, this.#size)
          return [name, { values: [...numbers.keys()], position: position.values }]
        }),
      ),
    }
  }

  #groupNumber({ key, group }: ItemRow): number {
    const known = group === undefined ? undefined : this.#numberOfGroup.get(group)
    if (known !== undefined) return known
    const number = this.#groups++
    for (const kind of this.#kinds) {
      const { a, b } = groupStream(kind, this.#seed, group ?? key)
      this.#streams[kind].push(a)
      this.#streams[kind].push(b)
    }
    if (group !== undefined) this.#numberOfGroup.set(group, number)
    return number
  }

  #pushHalf({ thresholds }: ItemRow): void {
    const half = thresholds?.find(([iou]) => iou === 0.5)
    this.#hasHalf &&= half !== undefined && !half.includes(null)
    if (!half || !this.#hasHalf) return
    this.#atHalf.forEach((column, k) => {
      column.push(half[k + 1] ?? 0)
    })
  }

  #pushValue(name: string, value: string): void {
    const column = this.#by.get(name) ?? { numbers: new Map<string, number>(), position: new GrowingColumn() }
    this.#by.set(name, column)
    const number = column.numbers.get(value) ?? column.numbers.size
    column.numbers.set(value, number)
    fill(column.position, this.#size)
    column.position.push(number)
  }

  #push(columns: Map<string, GrowingColumn>, name: string, value: number): void {
    const column = columns.get(name) ?? new GrowingColumn(this.#room)
    columns.set(name, column)
    fill(column, this.#size)
    column.push(value)
  }
}

/** Rows that do not speak of a column have no value there. */
function fill(column: GrowingColumn, size: number): void {
  while (column.length < size) column.push(Number.NaN)
}

function emptyColumn(size: number): SparseColumn {
  const column = new SparseColumnBuilder(4)
  for (let row = 0; row < size; row++) column.addRow([])
  return column.column
}
