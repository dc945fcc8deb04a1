import type { Limits } from '../../limits.ts'
import { Refusal } from '../../problems/refusal.ts'
import { readZip } from '../zip/zip-entries.ts'
import { readNpyArray } from './read-npy-array.ts'
import type { StoredArray } from './stored-array.ts'

/** Arrays that nnU-Net writes: version 2, and 1. */
const usualNames = ['probabilities', 'softmax']
/** A header beside the items. */
const headerBytes = 16_384

/**
 * The array of an `.npz` that holds the probabilities: the one that `entry` names, else `probabilities`, else `softmax`,
 * else the only one.
 * @throws Refusal UNSUPPORTED_FORMAT where none or several arrays may be meant, and those of `readZip` and `readNpyArray`
 */
export async function readNpz(
  bytes: Uint8Array,
  entry: string | undefined,
  limits: Limits,
): Promise<StoredArray> {
  if (bytes.length > limits.maxFileBytes)
    throw new Refusal(
      'INPUT_TOO_LARGE',
      `The file has ${bytes.length} bytes; the limit is ${limits.maxFileBytes}.`,
    )
  const files = await readZip(bytes, limits)
  const names = files.names
    .filter((name) => name.endsWith('.npy'))
    .map((name) => name.slice(0, -'.npy'.length))
  const usual = usualNames.find((name) => names.includes(name))
  const chosen = entry ?? usual ?? (names.length === 1 ? names[0] : undefined)
  if (chosen === undefined || !names.includes(chosen)) throw noEntry(names, entry)
  const array = readNpyArray(
    await files.read(`${chosen}.npy`, limits.maxProbabilityBytes + headerBytes),
    limits,
  )
  return { ...array, format: 'npz' }
}

function noEntry(names: readonly string[], entry: string | undefined): Refusal {
  const listed = names.slice(0, 10).join(', ') + (names.length > 10 ? ', …' : '')
  if (names.length === 0)
    return new Refusal('UNSUPPORTED_FORMAT', 'The zip holds no .npy array, so it is no .npz.').advising(
      'Save the probabilities with numpy.savez_compressed, or as .npy, PNG or TIFF.',
    )
  const what =
    entry === undefined
      ? `The .npz holds ${names.length} arrays (${listed}), and none is called probabilities or softmax.`
      : `The .npz has no array "${entry}"; it holds ${listed}.`
  return new Refusal('UNSUPPORTED_FORMAT', what).advising('Name the array in `probabilities.entry`.')
}
