import type { Family, Metric } from '../metrics/metric.ts'

const familyTitles: Readonly<Record<Family, string>> = {
  loss: 'Mutual-information loss',
  information: 'Information (`families: ["information"]`)',
  pairs: 'Pairs of pixels (`families: ["pairs"]`)',
  overlap: 'Overlap of classes (`families: ["overlap"]`)',
  regions: 'Regions (`families: ["regions"]`)',
  instances: 'Instances (`families: ["instances"]`)',
  boundary: 'Boundaries (`families: ["boundary"]`)',
  lesions: 'Lesions (`families: ["lesions"]`)',
  detection: 'Objects with confidences (`families: ["detection"]`)',
  soft: 'Probability maps (`families: ["soft"]`)',
  calibration: 'Calibration of probability maps (`families: ["calibration"]`)',
  thresholds: 'Thresholds of probability maps (`families: ["thresholds"]`)',
  segments: 'Segments (`include: ["segments"]`)',
  input: 'What was compared',
}

const introduction = `# Metrics

Generated from \`src/metrics/catalogue.ts\` by \`npm run docs\`; do not edit. The same list is served by \`GET /v1/metrics\`.

X is the ground truth and Y the prediction; n counts the pixels of a pair of labels, a those of a ground-truth label, b those of a
predicted one, N all counted pixels. An undefined value is \`null\` in the report, and \`reasons\` says why. What the loss means,
and what it does not, is told in [definitions](definitions.md).
`

/** docs/metrics.md: the catalogue as Markdown, a section a family, a heading a metric. */
export function renderMetricsPage(catalogue: readonly Metric[]): string {
  const families = [...new Set(catalogue.map(({ family }) => family))]
  const sections = families.map((family) => {
    const own = catalogue.filter((metric) => metric.family === family)
    return `## ${familyTitles[family]}\n\n${own.map(renderMetric).join('\n')}`
  })
  return [introduction, ...sections].join('\n')
}

function renderMetric(metric: Metric): string {
  const facts = [
    `\`${metric.pointer}\``,
    `range ${renderRange(metric.range)}`,
    ...(metric.unit === null ? [] : [`unit: ${metric.unit}`]),
    ...(metric.higher_is_better === null
      ? []
      : [metric.higher_is_better ? 'higher is better' : 'lower is better']),
  ]
  const lines = [
    `### ${metric.name}`,
    '',
    facts.join(' · '),
    '',
    metric.definition,
    ...(metric.corner_cases === '' ? [] : ['', `Corner cases: ${metric.corner_cases}`]),
    ...(metric.reference === '' ? [] : ['', `Reference: ${metric.reference}.`]),
  ]
  return `${lines.join('\n')}\n`
}

/** A bound that does not exist is an open infinity. */
function renderRange([low, high]: Metric['range']): string {
  const bound = (value: number) => String(value).replace('-', '−')
  return `${low === null ? '(−∞' : `[${bound(low)}`}, ${high === null ? '∞)' : `${bound(high)}]`}`
}
