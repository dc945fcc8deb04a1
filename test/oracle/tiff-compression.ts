/** PackBits as TIFF 6.0 describes it: runs of 2 to 128 equal bytes, and literal stretches. */
export function packBits(bytes: Uint8Array): Uint8Array {
  const out: number[] = []
  for (let at = 0; at < bytes.length; ) {
    let run = 1
    while (run < 128 && at + run < bytes.length && bytes[at + run] === bytes[at]) run++
    if (run > 1) out.push(257 - run, bytes[at])
    else {
      while (run < 128 && at + run < bytes.length && bytes[at + run] !== bytes[at + run - 1]) run++
      out.push(run - 1, ...bytes.subarray(at, at + run))
    }
    at += run
  }
  return Uint8Array.from(out)
}

const [clear, end, firstFree] = [256, 257, 258]
/** The table is cleared before its codes would need 13 bits. */
const fullTable = 4095

/** LZW as TIFF 6.0 describes it: codes of 9 to 12 bits, high bits first, wider as soon as entry 511, 1023 or 2047 is made. */
export function lzw(bytes: Uint8Array): Uint8Array {
  const out: number[] = []
  let [bits, filled] = [0, 0]
  let table = new Map<string, number>()
  const put = (code: number): void => {
    const next = firstFree + table.size
    const width = next < 512 ? 9 : next < 1024 ? 10 : next < 2048 ? 11 : 12
    bits = (bits << width) | code
    for (filled += width; filled >= 8; filled -= 8) out.push((bits >> (filled - 8)) & 255)
    bits &= (1 << filled) - 1
  }
  const codeOf = (text: string): number => (text.length === 1 ? text.charCodeAt(0) : table.get(text)!)
  put(clear)
  let known = ''
  for (const byte of bytes) {
    const longer = known + String.fromCharCode(byte)
    if (longer.length === 1 || table.has(longer)) {
      known = longer
      continue
    }
    put(codeOf(known))
    table.set(longer, firstFree + table.size)
    if (firstFree + table.size === fullTable) {
      put(clear)
      table = new Map()
    }
    known = longer.at(-1)!
  }
  put(codeOf(known))
  // The decoder has made its entry for the code before when it reads the next.
  table.set('end', 0)
  put(end)
  if (filled > 0) out.push((bits << (8 - filled)) & 255)
  return Uint8Array.from(out)
}
