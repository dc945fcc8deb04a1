import { Refusal } from '../../problems/refusal.ts'
import { type ItemType, itemType } from '../npy/items.ts'

/** The many spellings of each type of an NRRD, and NumPy's. */
const spellings: Readonly<Record<string, readonly string[]>> = {
  i1: ['signed char', 'int8', 'int8_t'],
  u1: ['uchar', 'unsigned char', 'uint8', 'uint8_t'],
  i2: ['short', 'short int', 'signed short', 'signed short int', 'int16', 'int16_t'],
  u2: ['ushort', 'unsigned short', 'unsigned short int', 'uint16', 'uint16_t'],
  i4: ['int', 'signed int', 'int32', 'int32_t'],
  u4: ['uint', 'unsigned int', 'uint32', 'uint32_t'],
  i8: [
    'longlong',
    'long long',
    'long long int',
    'signed long long',
    'signed long long int',
    'int64',
    'int64_t',
  ],
  u8: ['ulonglong', 'unsigned long long', 'unsigned long long int', 'uint64', 'uint64_t'],
  f4: ['float'],
  f8: ['double'],
}

const typeOf = new Map(
  Object.entries(spellings).flatMap(([type, names]) => names.map((name) => [name, type] as const)),
)

/**
 * The type of the values. Above one byte the order of the bytes must be said.
 * @throws Refusal CORRUPT, UNSUPPORTED_PIXEL_FORMAT
 */
export function nrrdType(fields: ReadonlyMap<string, string>): ItemType {
  const name = fields.get('type')
  if (name === undefined) throw new Refusal('CORRUPT', 'The NRRD header has no field type.')
  const type = typeOf.get(name.toLowerCase().replace(/\s+/g, ' '))
  if (type === undefined)
    throw new Refusal(
      'UNSUPPORTED_PIXEL_FORMAT',
      `The NRRD holds values of type ${name.slice(0, 40)}. Save the labels as integers, e.g. uint8.`,
    )
  const endian = fields.get('endian')?.toLowerCase()
  if (endian !== 'little' && endian !== 'big' && type[1] !== '1')
    throw new Refusal(
      'CORRUPT',
      `The NRRD header gives no endian ("little" or "big"), which values of type ${name} need.`,
    ).advising('Write the line `endian: little` (or `big`) into its header, or save the file anew.')
  return itemType(`${endian === 'big' ? '>' : '<'}${type}`)
}
