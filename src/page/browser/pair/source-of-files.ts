import { accessKey } from '../address/access-key.ts'
import { curlCall } from '../address/curl-call.ts'
import { labelPlanes, overlayPicture, type PairRequest, pixelsOfPair, score } from '../api/client.ts'
import { type PairSource, renames } from './pair-source.ts'
import { sizeOfPng } from './size-of-png.ts'

/**
 * Two files as a pair.
 * @param onSent gets the share of the files that has gone to be scored, in [0, 1]
 */
export const sourceOfFiles = (request: PairRequest, onSent: (share: number) => void): PairSource => ({
  hasPartition: renames(request.options),
  usualMatch: hasNames(request) ? 'names' : 'shapes',
  size: () => sizeOfPng(request.groundTruth),
  report: (withPairs, signal) => score(request, withPairs, onSent, signal),
  planes: (names, match, signal, region) => labelPlanes(request, { names, match, region }, signal),
  pixels: (match, signal) => pixelsOfPair(request, match, signal),
  overlay: (mode, match, photo) => overlayPicture(request, photo, { mode, match }),
  curl: () => {
    const address = new URL('v1/score', document.baseURI).href
    const files = { groundTruth: request.groundTruth.name, prediction: request.prediction.name }
    return curlCall(address, files, request.options, accessKey.value !== '')
  },
})

/** As the service says of `match`. */
function hasNames({ options, groundTruth }: PairRequest): boolean {
  const { classes, binary, ground_truth: side } = options
  const hasPreset = typeof side === 'object' && side !== null && 'preset' in side
  return Boolean(classes || binary || hasPreset) || /\.(json|xml|ndjson)$/i.test(groundTruth.name)
}
