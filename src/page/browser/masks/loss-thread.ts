import { type LossInput, lossPlane } from './loss-plane.ts'

/** Counts large masks away from the page, which stays alive meanwhile. */
self.addEventListener('message', ({ data }: MessageEvent<LossInput>) => {
  const answer = lossPlane(data)
  const memory = [answer.plane, answer.pairs.groundTruth, answer.pairs.prediction, answer.pairs.counts]
  self.postMessage(answer, { transfer: memory.map(({ buffer }) => buffer) })
})
