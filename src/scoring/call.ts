/** One name for each POST call under /v1. */
export type Call = 'score' | 'inspect' | 'overlay' | 'labels' | 'gradient' | 'table' | 'agreement'
