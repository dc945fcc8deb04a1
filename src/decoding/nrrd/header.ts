import { Refusal } from '../../problems/refusal.ts'

/** The header of an NRRD, taken apart into lines. */
export interface NrrdHeader {
  /** `key: value`, keys in lower case and without spaces. */
  readonly fields: ReadonlyMap<string, string>
  /** `key:=value`, as programs add them. */
  readonly pairs: ReadonlyMap<string, string>
  /** Where the header ends: behind its empty line. */
  readonly dataStart: number
}

/** A segmentation of hundreds of segments describes each in some hundred bytes. */
export const maxNrrdHeaderBytes = 4 * 2 ** 20

/**
 * Reads the lines of an NRRD's header. Source: teem.sourceforge.net/nrrd/format.html.
 * @throws Refusal TRUNCATED, CORRUPT
 */
export function readNrrdHeader(bytes: Uint8Array): NrrdHeader {
  const text = Buffer.from(
    bytes.buffer,
    bytes.byteOffset,
    Math.min(bytes.length, maxNrrdHeaderBytes),
  ).toString('latin1')
  const [magic] = /^NRRD000[1-5]\r?\n/.exec(text) ?? []
  if (magic === undefined)
    throw new Refusal(
      'CORRUPT',
      `The NRRD begins with "${text.slice(0, 8).replace(/[^\x20-\x7e]/g, '?')}"; there are the versions NRRD0001 to NRRD0005.`,
    )
  const fields = new Map<string, string>()
  const pairs = new Map<string, string>()
  for (let start = magic.length; ; ) {
    const end = text.indexOf('\n', start)
    if (end < 0)
      throw new Refusal(
        'TRUNCATED',
        `The NRRD ends, or goes on past ${maxNrrdHeaderBytes} bytes, without the empty line behind its header.`,
      )
    const line = text.slice(start, end).replace(/\r$/, '')
    start = end + 1
    if (line === '') return { fields, pairs, dataStart: start }
    if (line.startsWith('#')) continue
    addLine(line, fields, pairs)
  }
}

function addLine(line: string, fields: Map<string, string>, pairs: Map<string, string>): void {
  const [, key, sign, value] = /^([^:]+):(=| )\s*(.*)$/.exec(line) ?? []
  if (key === undefined)
    throw new Refusal(
      'CORRUPT',
      `The NRRD header has a line that is neither "key: value" nor "key:=value": "${line.slice(0, 60).replace(/[^\x20-\x7e]/g, '?')}".`,
    )
  const isPair = sign === '='
  const name = isPair ? key : key.toLowerCase().replaceAll(' ', '')
  const map = isPair ? pairs : fields
  if (map.has(name)) throw new Refusal('CORRUPT', `The NRRD header gives ${key.slice(0, 60)} twice.`)
  // Names may be in any language; the header was read byte by byte.
  map.set(name, Buffer.from(value.trim(), 'latin1').toString('utf8'))
}
