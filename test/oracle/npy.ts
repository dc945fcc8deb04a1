/** The integers of a row-major `.npy` file, and its shape. For the tests alone. */
export function readNpyIntegers(bytes: Uint8Array): { shape: number[]; values: Float64Array } {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const start = bytes[6] === 1 ? 10 : 12
  const length = bytes[6] === 1 ? view.getUint16(8, true) : view.getUint32(8, true)
  const header = String.fromCharCode(...bytes.subarray(start, start + length))
  const shape = [...header.match(/'shape': \(([^)]*)\)/)![1].matchAll(/\d+/g)].map(Number)
  const [, order, kind, digits] = header.match(/'descr': '([<>|=])([a-z])(\d)'/)!
  const size = Number(digits)
  const little = order !== '>'
  const at = (k: number): number => {
    const byte = start + length + k * size
    if (size === 1) return kind === 'i' ? view.getInt8(byte) : view.getUint8(byte)
    if (size === 2) return kind === 'i' ? view.getInt16(byte, little) : view.getUint16(byte, little)
    if (size === 4) return kind === 'i' ? view.getInt32(byte, little) : view.getUint32(byte, little)
    return Number(kind === 'i' ? view.getBigInt64(byte, little) : view.getBigUint64(byte, little))
  }
  const count = shape.reduce((product, side) => product * side, 1)
  const columnMajor = header.includes("'fortran_order': True")
  const place = (k: number): number => {
    let [rest, step, sum] = [k, count, 0]
    const steps = shape.map((_, axis) => shape.slice(0, axis).reduce((product, side) => product * side, 1))
    for (const [axis, side] of shape.entries()) {
      step /= side
      sum += Math.floor(rest / step) * steps[axis]
      rest %= step
    }
    return sum
  }
  return { shape, values: Float64Array.from({ length: count }, (_, k) => at(columnMajor ? place(k) : k)) }
}
