import { seededRandom } from './random.ts'

const [width, height, classes] = [2048, 1024, 19]

/** One byte an item, as a `.npy` of this shape. */
function npy(shape: string, items: Uint8Array): Buffer {
  const header = `{'descr': '|u1', 'fortran_order': False, 'shape': (${shape}), }`.padEnd(117)
  return Buffer.concat([Buffer.from(`\x93NUMPY\x01\0\x76\0${header}\n`, 'latin1'), items])
}

/**
 * Labels of 19 classes on 2 megapixels in patches of 64 pixels, and a map of probabilities as uint8 (255 is 1) that gives the
 * true class most of what there is and two others the rest.
 */
export function softPair(): { readonly ground_truth: Buffer; readonly prediction: Buffer } {
  const random = seededRandom(20_261_130)
  const pixels = width * height
  const patches = Array.from({ length: (width / 64) * (height / 64) }, () => Math.floor(random() * classes))
  const labels = new Uint8Array(pixels)
  const map = new Uint8Array(classes * pixels)
  for (let i = 0; i < pixels; i++) {
    const [x, y] = [i % width, Math.floor(i / width)]
    const label = patches[Math.floor(y / 64) * (width / 64) + Math.floor(x / 64)]
    labels[i] = label
    const first = Math.floor(random() * 120)
    const second = Math.floor((random() * first) / 2)
    map[label * pixels + i] = 255 - first
    map[((label + 1) % classes) * pixels + i] = first - second
    map[((label + 7) % classes) * pixels + i] = second
  }
  return {
    ground_truth: npy(`${height}, ${width}`, labels),
    prediction: npy(`${classes}, ${height}, ${width}`, map),
  }
}
