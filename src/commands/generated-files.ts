import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { formatCatalogue } from '../decoding/formats.ts'
import { renderFormatsPage } from '../docs/formats-page.ts'
import { renderMetricsPage } from '../docs/metrics-page.ts'
import { renderProblemsPage } from '../docs/problems-page.ts'
import { withRooms } from '../docs/rooms-section.ts'
import { catalogue } from '../metrics/catalogue.ts'
import { asYaml } from '../openapi/yaml.ts'
import { settingsPage } from '../settings/show.ts'
import { contractDocument } from './contract-document.ts'
import { renewExamples } from './example-answers.ts'

const contributing = join(import.meta.dirname, '../../CONTRIBUTING.md')

/** Everything committed that is generated from the code, by its path in the project. */
export async function generatedFiles(): Promise<Readonly<Record<string, string>>> {
  // Before the document, which shows them.
  const examples = await renewExamples()
  return {
    // The image holds the program alone.
    ...(existsSync(contributing) && {
      'CONTRIBUTING.md': withRooms(readFileSync(contributing, 'utf8')),
    }),
    'docs/formats.md': renderFormatsPage(formatCatalogue),
    'docs/metrics.md': renderMetricsPage(catalogue),
    'docs/problems.md': renderProblemsPage(),
    'docs/settings.md': settingsPage(),
    'src/scoring/contract/examples.json': examples,
    'openapi.yaml': asYaml(await contractDocument()),
  }
}
