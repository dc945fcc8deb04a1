/** Words that people write otherwise than in small letters. */
const spelled: Readonly<Record<string, string>> = {
  iou: 'IoU',
  sbd: 'SBD',
  dsb: 'DSB',
  cremi: 'CREMI',
  rmi: 'RMI',
  brier: 'Brier',
  hausdorff: 'Hausdorff',
  youden: 'Youden',
  dice: 'Dice',
  rand: 'Rand',
  beta: 'β',
  js: 'JS',
  miller: 'Miller',
  madow: 'Madow',
}
const abbreviations = new Set(
  'mi h vi nid nmi ami ari fmi mcc npv fpr fnr fdr tp fp fn gce lce ap ap50 ap75 ar f f1 pq sq rq aji j assd masd asd nsd ece ace mce auroc fw'.split(
    ' ',
  ),
)

/** A short name for people: `mean_iou` → `Mean IoU`. */
export function metricLabel(name: string): string {
  const words = name
    .split('_')
    .map((word) => spelled[word] ?? (abbreviations.has(word) ? word.toUpperCase() : word))
  const [first, ...rest] = words
  return [first[0].toUpperCase() + first.slice(1), ...rest].join(' ')
}
