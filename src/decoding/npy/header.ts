import { Refusal } from '../../problems/refusal.ts'

/** What the header of a `.npy` file declares. */
export interface NpyHeader {
  /** NumPy's type string, e.g. `<u2`. */
  readonly descr: string
  readonly fortranOrder: boolean
  readonly shape: readonly number[]
  /** Offset of the first item. */
  readonly dataStart: number
}

const magicBytes = 6
/** NumPy itself refuses to parse longer headers; those of plain arrays have about 120 bytes. */
const maxHeaderBytes = 10_000
const entry = /\s*(['"])(\w+)\1\s*:\s*/y
const quoted = /(['"])([^'"\\]{1,16})\1/y
const boolean = /True|False/y
const tuple = /\(\s*((?:\d{1,15}L?\s*,\s*)*(?:\d{1,15}L?\s*)?)\)/y
const separator = /\s*(,?)\s*/y

/**
 * Reads the header of a `.npy` file (format versions 1 to 3): a Python dictionary of exactly `descr`,
 * `fortran_order` and `shape`, written as literals. Nothing of it is evaluated.
 * Source: the module `numpy.lib.format`.
 * @throws Refusal TRUNCATED, CORRUPT, UNSUPPORTED_PIXEL_FORMAT (records)
 */
export function readNpyHeader(bytes: Uint8Array): NpyHeader {
  const major = bytes[magicBytes]
  const start = major === 1 ? 10 : 12
  if (bytes.length < start) throw truncated(bytes)
  if (major < 1 || major > 3)
    throw new Refusal('CORRUPT', `The .npy file gives format version ${major}; there are 1 to 3.`)
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const length = major === 1 ? view.getUint16(8, true) : view.getUint32(8, true)
  if (length > maxHeaderBytes)
    throw new Refusal(
      'CORRUPT',
      `The .npy header claims ${length} bytes; more than ${maxHeaderBytes} are not read.`,
    )
  if (start + length > bytes.length) throw truncated(bytes)
  const text = Buffer.from(bytes.buffer, bytes.byteOffset + start, length).toString('latin1')
  return { ...parseHeader(text), dataStart: start + length }
}

function truncated(bytes: Uint8Array): Refusal {
  return new Refusal('TRUNCATED', `The .npy file ends at byte ${bytes.length}, within its header.`)
}

function parseHeader(text: string): Omit<NpyHeader, 'dataStart'> {
  const values = new Map<string, string>()
  let at = text.search(/\S/)
  if (text[at] !== '{') throw malformed(at)
  at++
  const take = (pattern: RegExp): RegExpExecArray | null => {
    pattern.lastIndex = at
    const match = pattern.exec(text)
    if (match !== null) at += match[0].length
    return match
  }
  for (;;) {
    const key = take(entry)?.[2]
    if (key === undefined || values.has(key)) break
    if (key === 'descr' && text[at] === '[')
      throw new Refusal(
        'UNSUPPORTED_PIXEL_FORMAT',
        'The .npy file holds records; save one plain array of integers.',
      )
    const value = take(valuePatterns[key] ?? /(?!)/y)
    if (value === null) throw malformed(at)
    values.set(key, value[2] ?? value[1] ?? value[0])
    if (take(separator)?.[1] !== ',') break
  }
  take(/\s*/y)
  const [descr, order, shape] = ['descr', 'fortran_order', 'shape'].map((key) => values.get(key))
  if (text[at] !== '}' || text.slice(at + 1).trim() !== '') throw malformed(at)
  if (descr === undefined || order === undefined || shape === undefined)
    throw new Refusal('CORRUPT', 'The .npy header lacks one of descr, fortran_order and shape.')
  return {
    descr,
    fortranOrder: order === 'True',
    shape: shape.split(',').flatMap((side) => (side.trim() === '' ? [] : [Number.parseInt(side, 10)])),
  }
}

const valuePatterns: Readonly<Record<string, RegExp>> = {
  descr: quoted,
  fortran_order: boolean,
  shape: tuple,
}

function malformed(at: number): Refusal {
  return new Refusal('CORRUPT', `The .npy header cannot be read from its character ${Math.max(at, 0)} on.`)
}
