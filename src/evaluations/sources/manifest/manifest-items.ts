import { realpathSync, statSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { z } from 'zod'
import { parseWith } from '../../../json/parse-with.ts'
import type { Limits } from '../../../limits.ts'
import { sideOptionsSchema } from '../../../scoring/request/options.ts'
import { compareKeys } from '../../compare-keys.ts'
import { fileKey } from '../../matching/file-key.ts'
import type { Matching } from '../../matching/matching.ts'
import type { Item } from '../item.ts'
import type { Listing } from '../listing.ts'
import { isFileReader, type Reader } from '../reader.ts'
import { cell, invalidLine, type ManifestRow } from './manifest-row.ts'
import { readManifest } from './read-manifest.ts'

/** The sources that a manifest of somebody else may name files of: nothing beside them is opened, whatever its rows say. */
interface ManifestSides {
  readonly groundTruth: Listing
  /** Absent: predictions are files of the ground truth's source as well. */
  readonly prediction?: Listing
}

export interface ManifestRequest {
  readonly manifest: string
  /** Absent: paths are those of this machine, relative to the manifest. */
  readonly sides?: ManifestSides | undefined
  /** A column whose values are the groups, or the folders of the ground truths. */
  readonly groupBy?: string | undefined
  /** Columns that scores are told by. */
  readonly by?: readonly string[] | undefined
}

const optionsSchema = z.strictObject({
  ground_truth: sideOptionsSchema.optional(),
  prediction: sideOptionsSchema.optional(),
})

/**
 * The items that a manifest lists. Paths are relative to it, or to the sources that its rows may name files of; the key is that of the row, else the ground truth's path
 * without its extension. Several annotators of one key are items of one group.
 * @throws Refusal INVALID_MANIFEST, and those of `readManifest`
 */
export function manifestItems(
  request: ManifestRequest,
  limits: Limits,
): { items: Item[]; matching: Matching } {
  const { manifest, by = [] } = request
  const groupColumn = request.groupBy === 'folder' ? undefined : request.groupBy
  const used = [...by, ...(groupColumn === undefined ? [] : [groupColumn])]
  const rows = readManifest(request.sides ? manifest : realpathSync(manifest), used, limits)
  const fileOf = fileFinder(manifest, request.sides)
  const unreadable: Matching['unreadable'][number][] = []
  const lines = new Map<string, number>()
  const drafts = rows.map((row): Omit<Item, 'index'> => {
    const column = (name: string) => cell(row, name)
    const truth = column('ground_truth')
    if (truth === undefined) throw invalidLine(row.line, 'names no ground_truth')
    const key = keyOf(row, truth)
    const known = lines.get(key)
    if (known !== undefined)
      throw invalidLine(row.line, `has the key ${JSON.stringify(key)} of line ${known}`)
    lines.set(key, row.line)
    const groundTruth = fileOf('groundTruth', truth)
    if (groundTruth.type === 'unreadable')
      unreadable.push({ side: 'ground_truth', path: truth, reason: groundTruth.reason })
    const predicted = column('prediction')
    const prediction = predicted === undefined ? undefined : fileOf('prediction', predicted)
    if (predicted !== undefined && prediction?.type === 'unreadable' && prediction.reason !== notThere)
      unreadable.push({ side: 'prediction', path: predicted, reason: prediction.reason })
    const group = request.groupBy === 'folder' ? dirname(truth) : groupOf(row, groupColumn)
    const weight = weightOf(row)
    const values = [...by, ...(column('annotator') === undefined ? [] : ['annotator'])]
    return {
      key,
      ...(group !== undefined && { group: group.normalize('NFC') }),
      ...(values.length > 0 && { by: Object.fromEntries(values.map((name) => [name, column(name) ?? ''])) }),
      ...(weight !== undefined && { weight }),
      groundTruth,
      // What is not there is missing, as it would be in a folder.
      ...(prediction &&
        !(prediction.type === 'unreadable' && prediction.reason === notThere) && { prediction }),
      ...optionsOf(row),
    }
  })
  const items = drafts
    .sort((a, b) => compareKeys(a.key, b.key))
    .map((item, index): Item => ({ index, ...item }))
  const missing = items.filter(({ prediction }) => prediction === undefined).map(({ key }) => key)
  const matching: Matching = {
    rule: 'manifest',
    pairs: items.length - missing.length,
    missing,
    extra: [],
    ambiguous: [],
    unreadable,
    junk: { ground_truth: {}, prediction: {} },
    hints: [],
  }
  return { items, matching }
}

function keyOf(row: ManifestRow, truth: string): string {
  const annotator = cell(row, 'annotator')
  const key = (cell(row, 'key') ?? fileKey(truth)).normalize('NFC')
  return annotator === undefined ? key : `${key}@${annotator.normalize('NFC')}`
}

/** Annotations of one image by several people depend on each other. */
function groupOf(row: ManifestRow, groupColumn: string | undefined): string | undefined {
  const given = cell(row, groupColumn ?? 'group')
  return given ?? (cell(row, 'annotator') === undefined ? undefined : cell(row, 'key'))
}

function weightOf(row: ManifestRow): number | undefined {
  const text = cell(row, 'weight')
  if (text === undefined) return undefined
  const weight = Number(text)
  if (!(weight > 0) || !Number.isFinite(weight))
    throw invalidLine(row.line, `has the weight ${JSON.stringify(text)}: weights are numbers above 0`)
  return weight
}

function optionsOf({ options, line }: ManifestRow): Pick<Item, 'options'> {
  if (options === undefined) return {}
  const { ground_truth, prediction } = parseWith(optionsSchema, options, {
    pointer: '/options',
    code: 'INVALID_MANIFEST',
    what: `Line ${line} of the manifest has options that are wrong`,
  })
  // A preset also says which labels are ignored, which is the same for all items of a run.
  if (ground_truth?.preset ?? prediction?.preset)
    throw invalidLine(line, 'has a preset among its options: presets are given for the whole run')
  return { options: { ...(ground_truth && { ground_truth }), ...(prediction && { prediction }) } }
}

const notThere = 'There is no such file.'

type Found = Extract<Reader, { readonly bytes: number }>

/** What a row's path leads to, on each side. */
function fileFinder(manifest: string, given: ManifestSides | undefined) {
  if (!given) {
    const folder = dirname(resolve(manifest))
    return (_side: keyof ManifestSides, path: string): Found => fileReader(resolve(folder, path))
  }
  const { groundTruth, prediction = groundTruth } = given
  const sides = { groundTruth: filesOf(groundTruth), prediction: filesOf(prediction) }
  return (side: keyof ManifestSides, path: string): Found =>
    sides[side].get(path.normalize('NFC').replace(/^\.\//, '')) ?? {
      type: 'unreadable',
      reason: notThere,
      bytes: 0,
    }
}

const filesOf = ({ masks }: Listing): ReadonlyMap<string, Found> =>
  new Map(
    masks.flatMap(({ path, reader }) =>
      isFileReader(reader) ? [[path.normalize('NFC'), reader] as const] : [],
    ),
  )

function fileReader(path: string): Extract<Reader, { type: 'file' | 'unreadable' }> {
  const unreadable = (reason: string) => ({ type: 'unreadable', reason, bytes: 0 }) as const
  if (path.includes('\0')) return unreadable('No path has a NUL in it.')
  try {
    const found = statSync(path, { throwIfNoEntry: false })
    if (found?.isFile()) return { type: 'file', path: realpathSync(path), bytes: found.size }
    return unreadable(found ? 'It is no file.' : notThere)
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === undefined) throw error
    return unreadable(`The file cannot be read: ${code}.`)
  }
}
