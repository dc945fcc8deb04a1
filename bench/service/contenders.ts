import type { SentPair } from './body.ts'
import { emptyHandler, maskscore, peer } from './commands.ts'
import { type Load, type Sample, underLoad } from './load.ts'
import { type RunningServer, type ServerCommand, startServer } from './server-process.ts'
import { decodeOnly } from './sharp-limit.ts'

/** Somebody whose pairs a second are measured. */
export interface Contender {
  readonly name: ContenderName
  readonly measure: (pair: SentPair, load: Load) => Promise<Sample>
  /** What it answers to the pair, where it computes scores. */
  readonly answer?: (pair: SentPair) => Promise<CommonScores>
  readonly stop: () => Promise<void>
}

/** The scores that all of them know: in bits, and arithmetic. */
export interface CommonScores {
  readonly vi: number
  readonly nmi: number
}

export type ContenderName =
  | 'maskscore'
  | 'its sharp path'
  | 'Pillow + bincount'
  | 'cv2 + runs'
  | 'skimage + sklearn'
  | 'empty handler'
  | 'sharp, decoding only'

/** Starts all that are installed; their processes idle until they are measured. */
export async function startContenders(): Promise<Contender[]> {
  const servers: [ContenderName, ServerCommand | undefined, 'ours' | 'peer' | 'none'][] = [
    ['maskscore', maskscore(), 'ours'],
    ['its sharp path', maskscore({ MASKSCORE_PNG_DECODER: 'sharp' }), 'ours'],
    ['Pillow + bincount', peer('pillow_bincount'), 'peer'],
    ['cv2 + runs', peer('cv2_runs'), 'peer'],
    ['skimage + sklearn', peer('skimage_sklearn'), 'peer'],
    ['empty handler', emptyHandler, 'none'],
  ]
  const contenders: Contender[] = []
  for (const [name, command, kind] of servers) {
    if (command === undefined) continue
    const server = await startServer(command)
    const path = kind === 'ours' ? '/v1/score' : '/score'
    contenders.push({
      name,
      measure: (pair, load) => underLoad(server, path, pair, load),
      ...(kind !== 'none' && { answer: (pair: SentPair) => scoresFrom(server, path, pair) }),
      stop: server.stop,
    })
  }
  contenders.push({ name: 'sharp, decoding only', measure: decodeOnly, stop: async () => {} })
  return contenders
}

async function scoresFrom(server: RunningServer, path: string, pair: SentPair): Promise<CommonScores> {
  const form = new FormData()
  for (const [name, bytes] of Object.entries(pair.files))
    form.set(name, new Blob([Uint8Array.from(bytes)]), name)
  const response = await fetch(`http://127.0.0.1:${server.port}${path}`, { method: 'POST', body: form })
  const report = await response.json()
  if (!response.ok) throw new Error(`${pair.name}: ${JSON.stringify(report)}`)
  const ours = (report as { information?: { vi: number; nmi: { arithmetic: number } } }).information
  return ours ? { vi: ours.vi, nmi: ours.nmi.arithmetic } : (report as CommonScores)
}
