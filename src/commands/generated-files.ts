import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { formatCatalogue } from '../decoding/formats.ts'
import { examplePictures } from '../docs/example-pictures.ts'
import { renderFormatsPage } from '../docs/formats-page.ts'
import { withLabelingTools } from '../docs/labeling-tools-sections.ts'
import { withLimits } from '../docs/limits-section.ts'
import { renderMetricsPage } from '../docs/metrics-page.ts'
import { renderProblemsPage } from '../docs/problems-page.ts'
import { withRooms } from '../docs/rooms-section.ts'
import { catalogue } from '../metrics/catalogue.ts'
import { asYaml } from '../openapi/yaml.ts'
import { settingsPage } from '../settings/show.ts'
import { contractDocument } from './contract-document.ts'
import { renewExamples } from './example-answers.ts'

/** Pages of the project that are written by hand but for some parts. */
const partly = {
  'CONTRIBUTING.md': withRooms,
  'SECURITY.md': withLimits,
  'docs/labeling-tools.md': withLabelingTools,
}

function partlyGenerated(): Record<string, string> {
  const root = join(import.meta.dirname, '../..')
  // The image holds the program alone.
  const there = Object.entries(partly).filter(([path]) => existsSync(join(root, path)))
  return Object.fromEntries(
    there.map(([path, renew]) => [path, renew(readFileSync(join(root, path), 'utf8'))]),
  )
}

/** The pictures of the examples of a page, which is written by hand. */
function pictures(): Record<string, string> {
  const page = join(import.meta.dirname, '../../docs/choosing.md')
  if (!existsSync(page)) return {}
  const drawn = Object.entries(examplePictures(readFileSync(page, 'utf8')))
  return Object.fromEntries(drawn.map(([path, picture]) => [`docs/${path}`, picture]))
}

/** Everything committed that is generated from the code, by its path in the project. */
export async function generatedFiles(): Promise<Readonly<Record<string, string>>> {
  // Before the document, which shows them.
  const examples = await renewExamples()
  return {
    ...partlyGenerated(),
    ...pictures(),
    'docs/formats.md': renderFormatsPage(formatCatalogue),
    'docs/metrics.md': renderMetricsPage(catalogue),
    'docs/problems.md': renderProblemsPage(),
    'docs/settings.md': settingsPage(),
    'src/scoring/contract/examples.json': examples,
    'openapi.yaml': asYaml(await contractDocument()),
  }
}
