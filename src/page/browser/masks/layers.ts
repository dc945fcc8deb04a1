/** What the viewer can show of a pair; its number is its key. */
export const layers = [
  { name: 'ground_truth', title: 'Ground truth' },
  { name: 'prediction', title: 'Prediction' },
  { name: 'difference', title: 'Difference' },
  { name: 'loss', title: 'Loss' },
  { name: 'photo', title: 'Photo' },
] as const

export type Layer = (typeof layers)[number]['name']

export const isLayer = (name: string | null): name is Layer => layers.some((layer) => layer.name === name)
