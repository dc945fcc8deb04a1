import { prepareMatches } from './copy-match'
import { ARENA, reserve } from './memory'

export { beginBlocks, countBlock, gatherBlocks, groundTruthBlock, keepBlock, predictionBlock } from './count-blocks'
export {
  beginImage,
  beginPair,
  countRows,
  decodeRows,
  fed,
  gatherRows,
  roomFor,
  stagedBytes,
  stagedRows,
  unused,
} from './label-png'
export { pairsBase, pairsStatus, seedPairs, settlePairs } from './pair-hash'

reserve(ARENA)
prepareMatches()
