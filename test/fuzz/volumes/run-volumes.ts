import { seededRandom } from '../../../bench/images/random.ts'
import { openSource } from '../../../src/annotations/open-source.ts'
import { decodeMask } from '../../../src/decoding/decode-mask.ts'
import type { DecodedMask } from '../../../src/labels/decoded-mask.ts'
import { defaultLimits, type Limits } from '../../../src/limits.ts'
import { Refusal } from '../../../src/problems/refusal.ts'
import { readNifti } from '../../oracle/nifti-reader.ts'
import { type Mutant, mutate } from '../mutate.ts'
import { outcomeOfError, sameMask } from '../outcome.ts'
import { type OriginalVolume, volumeCorpus } from './volume-corpus.ts'

/**
 * `original`: read with the labels of the original. `refused`: by a code that blames the file. `sound`: other labels, of a
 * file without a checksum; of a NIfTI, the test's own reader has the same. Everything else is a failure.
 */
type Verdict = 'original' | 'refused' | 'sound' | 'wrong labels' | 'broken mask' | 'thrown'

export interface VolumeCase {
  readonly index: number
  readonly file: string
  readonly format: string
  readonly verdict: Verdict
  readonly detail: string
  readonly mutant: Mutant
  readonly ms: number
}

/** Reads mutated volumes number `from` up to `to` of a seed, each a function of both alone. */
export async function* runVolumes(seed: number, from: number, to: number): AsyncGenerator<VolumeCase> {
  const corpus = await volumeCorpus()
  const sound = await Promise.all(corpus.map((original) => decoded(original, original.bytes, defaultLimits)))
  for (let index = from; index < to; index++) {
    const random = seededRandom(Math.imul(seed, 0x9e3779b1) ^ Math.imul(index + 1, 0x27d4eb2f))
    const chosen = Math.floor(random() * corpus.length)
    const original = corpus[chosen]
    const mutant = mutate(original, random)
    // A small file may be inflated whole, or must be read in pieces.
    const limits =
      index % 2 === 0 ? defaultLimits : { ...defaultLimits, maxFileBytes: original.bytes.length + 100 }
    const start = performance.now()
    const judgement = await judge(original, sound[chosen], mutant, limits)
    const ms = performance.now() - start
    yield { ...judgement, index, file: original.name, format: `volume ${original.format}`, mutant, ms }
  }
}

export const isVolumeFailure = ({ verdict }: Pick<VolumeCase, 'verdict'>): boolean =>
  verdict !== 'original' && verdict !== 'refused' && verdict !== 'sound'

async function decoded({ options }: OriginalVolume, bytes: Uint8Array, limits: Limits): Promise<DecodedMask> {
  const source = await openSource({ kind: 'file', bytes }, {}, limits)
  if (source.kind !== 'mask') throw new Refusal('UNSUPPORTED_FORMAT', 'The file was taken for an annotation.')
  return decodeMask(source.bytes, options, limits)
}

async function judge(
  original: OriginalVolume,
  wanted: DecodedMask,
  { how, bytes }: Mutant,
  limits: Limits,
): Promise<Pick<VolumeCase, 'verdict' | 'detail'>> {
  let mask: DecodedMask
  try {
    mask = await decoded(original, bytes, limits)
  } catch (error) {
    return outcomeOfError(error)
  }
  const { map } = mask
  if (map.labels.length !== map.width * map.height * map.depth)
    return { verdict: 'broken mask', detail: `${map.width} x ${map.height} x ${map.depth}` }
  if (sameMask(mask, wanted)) return { verdict: 'original', detail: '' }
  const mayDiffer =
    !original.isSealed && !how.startsWith('truncated') && agreesWithOracle(original, bytes, mask)
  return { verdict: mayDiffer ? 'sound' : 'wrong labels', detail: mask.encoding }
}

/** Whether the test's own reader of NIfTI sees the same labels; there is none of the other formats. */
function agreesWithOracle(
  { format, options }: OriginalVolume,
  bytes: Uint8Array,
  { map }: DecodedMask,
): boolean {
  if (format !== 'nifti') return true
  const { sides, values } = readNifti(bytes, options.frame)
  const seen = options.scaling === 'round' ? values.map(Math.round) : values
  return (
    sides[0] === map.width &&
    sides[1] === map.height &&
    sides[2] === map.depth &&
    map.labels.every((label, i) => label === seen[i])
  )
}
