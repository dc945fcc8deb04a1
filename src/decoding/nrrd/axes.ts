import type { Grid } from '../../labels/distance-transform.ts'
import { Refusal } from '../../problems/refusal.ts'
import type { NrrdHeader } from './header.ts'

/** What the axes of an NRRD are. */
export interface NrrdAxes {
  readonly size: Grid
  readonly isVolume: boolean
  /** Values of each voxel, beside each other. */
  readonly layers: number
  /** Volumes behind each other. */
  readonly frames: number
  /** For each axis in space, fastest first, its vector; undefined where nothing is said of space. */
  readonly directions?: readonly (readonly number[])[]
  /** For each axis in space its distance, where `spacings` says so. */
  readonly spacings?: readonly number[]
}

const vector = /^\(([^)]*)\)$/

/**
 * Tells the axes in space from one of layers (the fastest) or frames (the slowest).
 * @throws Refusal CORRUPT, EMPTY_INPUT, UNSUPPORTED_PIXEL_FORMAT
 */
export function nrrdAxes({ fields }: NrrdHeader): NrrdAxes {
  const sizes = sizesOf(fields)
  const directions = listOf(fields, 'spacedirections', sizes.length, /\([^)]*\)|none/g)
  const kinds = listOf(fields, 'kinds', sizes.length, /\S+/g)
  const others = sizes.flatMap((_, axis) => (isInSpace(directions?.[axis], kinds?.[axis]) ? [] : [axis]))
  const inSpace = sizes.map((_, axis) => axis).filter((axis) => !others.includes(axis))
  const [other] = others
  const isKnown = others.length === 0 || (others.length === 1 && (other === 0 || other === sizes.length - 1))
  if (inSpace.length < 2 || inSpace.length > 3 || !isKnown)
    throw new Refusal(
      'UNSUPPORTED_PIXEL_FORMAT',
      `The NRRD has the size ${sizes.join(' x ')}, ${inSpace.length} of its axes in space; a mask has two or three, and beside them at most one, the first (layers) or the last (frames).`,
    ).advising(
      'Name the axis that is not in space in `kinds` ("list" for layers in front, "time" for frames at the end), or save one volume of three axes.',
    )
  const [width, height, depth = 1] = inSpace.map((axis) => sizes[axis])
  const vectors = directions && inSpace.map((axis) => numbersOf('space directions', directions[axis]))
  const spacings = listOf(fields, 'spacings', sizes.length, /\S+/g)
  return {
    size: { width, height, depth },
    isVolume: inSpace.length === 3,
    layers: other === 0 ? sizes[0] : 1,
    frames: other !== undefined && other > 0 ? sizes[other] : 1,
    ...(vectors && { directions: vectors }),
    ...(spacings && { spacings: inSpace.map((axis) => Math.abs(Number(spacings[axis]))) }),
  }
}

function sizesOf(fields: NrrdHeader['fields']): number[] {
  const text = fields.get('sizes')
  if (text === undefined) throw new Refusal('CORRUPT', 'The NRRD header has no field sizes.')
  if (!/^\d{1,16}(\s+\d{1,16})*$/.test(text))
    throw new Refusal(
      'CORRUPT',
      `The NRRD header gives sizes: ${text.slice(0, 60)}, which is no list of sizes.`,
    )
  const sizes = text.split(/\s+/).map(Number)
  const dimension = fields.get('dimension')
  if (`${sizes.length}` !== dimension)
    throw new Refusal(
      'CORRUPT',
      `The NRRD header says dimension: ${dimension?.slice(0, 20) ?? 'nothing'} and gives ${sizes.length} sizes.`,
    )
  if (sizes.includes(0))
    throw new Refusal('EMPTY_INPUT', `The NRRD has the size ${sizes.join(' x ')}, so no voxels.`)
  return sizes
}

/** One item for each axis. @throws Refusal CORRUPT for another number of items */
function listOf(
  fields: NrrdHeader['fields'],
  key: string,
  axes: number,
  item: RegExp,
): readonly string[] | undefined {
  const text = fields.get(key)
  if (text === undefined) return undefined
  const items = text.match(item) ?? []
  if (items.length !== axes)
    throw new Refusal('CORRUPT', `The NRRD header gives ${items.length} ${key} for ${axes} axes.`)
  return items
}

const kindsInSpace = ['space', 'domain', '???', 'none']

const isInSpace = (direction: string | undefined, kind: string | undefined): boolean =>
  direction === undefined
    ? kind === undefined || kindsInSpace.includes(kind.toLowerCase())
    : direction !== 'none'

/** The numbers of `(a,b,c)`. @throws Refusal CORRUPT */
export function numbersOf(key: string, text: string): readonly number[] {
  const numbers = vector.exec(text)?.[1].split(',').map(Number) ?? []
  if (numbers.length < 2 || numbers.length > 3 || !numbers.every(Number.isFinite))
    throw new Refusal('CORRUPT', `The NRRD header gives ${key}: ${text.slice(0, 60)}, which is no vector.`)
  return numbers
}
