export { beginBlocks, countBlock, gatherBlocks, groundTruthBlock, keepBlock, predictionBlock } from './count-blocks'
export { pairsBase, seedPairs } from './pair-hash'
