import { type LossInput, type LossPlane, lossPlane } from './loss-plane.ts'

/** From here on a thread counts: sending the pixels there is cheaper than a page that stands still. */
const manyPixels = 4 * 2 ** 20

interface ScriptPolicy {
  createScriptURL(address: string): unknown
}

declare global {
  var trustedTypes:
    | { createPolicy(name: string, rules: { createScriptURL(address: string): string }): ScriptPolicy }
    | undefined
}

/** Trusted Types: the only script addresses that the page makes. */
const scripts = globalThis.trustedTypes?.createPolicy('maskscore', { createScriptURL: (address) => address })

/** As `lossPlane`; large masks are counted by a thread of their own. */
export function loseInBackground(input: LossInput): Promise<LossPlane> {
  if (input.codes.length < manyPixels) return Promise.resolve(lossPlane(input))
  return new Promise((resolve, reject) => {
    const address = new URL('./loss-thread.ts', import.meta.url).href
    const thread = new Worker((scripts?.createScriptURL(address) ?? address) as string, { type: 'module' })
    thread.addEventListener('message', ({ data }: MessageEvent<LossPlane>) => {
      thread.terminate()
      resolve(data)
    })
    thread.addEventListener('error', ({ message }) => {
      thread.terminate()
      reject(new Error(`the masks could not be counted: ${message}`))
    })
    thread.postMessage(input)
  })
}
