import { Refusal } from '../../../problems/refusal.ts'

export const tarBlock = 512

/** A header of a tar: ustar, GNU's or an old one. */
export interface TarHeader {
  readonly name: string
  readonly size: number
  /** `0` regular, `1` and `2` links, `5` folder, `x` and `g` pax, `L` a long name, … */
  readonly type: string
}

/**
 * @return undefined for a block of zeros, which ends a tar
 * @throws Refusal CORRUPT where the checksum is wrong or a number is none
 */
export function readTarHeader(block: Buffer, at: number): TarHeader | undefined {
  if (block.every((byte) => byte === 0)) return undefined
  let sum = 0
  for (const [index, byte] of block.entries()) sum += index >= 148 && index < 156 ? 32 : byte
  if (numberOf(block, 148, 8) !== sum)
    throw new Refusal('CORRUPT', `The tar has no header at byte ${at}, or it is damaged.`)
  const prefix =
    textOf(block, 257, 6).startsWith('ustar') && block[263] === 0x30 ? textOf(block, 345, 155) : ''
  const name = textOf(block, 0, 100)
  return {
    name: prefix === '' ? name : `${prefix}/${name}`,
    size: numberOf(block, 124, 12),
    type: block[156] === 0 ? '0' : String.fromCharCode(block[156]),
  }
}

function textOf(block: Buffer, start: number, length: number): string {
  const field = block.subarray(start, start + length)
  const end = field.indexOf(0)
  return field.toString('utf8', 0, end < 0 ? length : end)
}

/** Octal digits, or, with the first bit set, a big-endian number. */
function numberOf(block: Buffer, start: number, length: number): number {
  let value = 0
  if (block[start] === 0x80)
    for (let index = 1; index < length; index++) value = value * 256 + block[start + index]
  else {
    const text = textOf(block, start, length).trim()
    value = /^[0-7]*$/.test(text) ? Number.parseInt(text || '0', 8) : Number.NaN
  }
  if (!Number.isSafeInteger(value))
    throw new Refusal('CORRUPT', 'The tar has a size or a checksum that is no number.')
  return value
}
