import type { ReportInput, ReportText } from '../report-input.ts'
import { completeness } from '../words.ts'
import { aboutSection } from './about-section.ts'
import { bySection, groupsSection } from './by-section.ts'
import { checksSection } from './checks-section.ts'
import { classesSection } from './classes-section.ts'
import { comparisonSection } from './comparison-section.ts'
import { completenessHead } from './completeness-section.ts'
import { confusionSection } from './confusion-section.ts'
import { detectionSection } from './detection-section.ts'
import { failedSection } from './failed-section.ts'
import { gatherRows } from './gather.ts'
import { headlineSection } from './headline-section.ts'
import { histogramsSection } from './histograms-section.ts'
import { Html, html } from './html.ts'
import { itemsSection, maxItems } from './items-section.ts'
import { lesionsSection } from './lesions-section.ts'
import { mapsSection } from './maps-section.ts'
import { mistakenObjectsSection } from './mistaken-objects-section.ts'
import { picturesSection } from './pictures-section.ts'
import { reportPolicy } from './report-policy.ts'
import { script } from './script.ts'
import { type Section, sectionHtml } from './section.ts'
import { style } from './style.ts'
import { warningsSection } from './warnings-section.ts'

/** Largest page, in bytes. */
export const maxPage = 8_000_000

/**
 * `report.html`: one file that asks for nothing from elsewhere, whole without script. Whether the run is complete comes first,
 * then scores, what changed, the worst images, classes, confusion, spread, what failed, and the items, worst first.
 */
export function htmlReport(report: ReportInput): ReportText {
  const { summary, comparison } = report
  const gathered = gatherRows(report, maxItems)
  const before = [
    checksSection(summary),
    headlineSection(summary),
    comparison && comparisonSection(comparison),
  ]
  const after = [
    detectionSection(gathered, summary),
    mistakenObjectsSection(gathered, report),
    classesSection(summary),
    lesionsSection(summary),
    mapsSection(summary),
    confusionSection(gathered, summary),
    histogramsSection(gathered, summary),
    bySection(summary),
    groupsSection(summary),
    failedSection(summary),
    warningsSection([...summary.warnings, ...(comparison?.warnings ?? [])]),
    itemsSection(gathered, summary),
    aboutSection(summary),
  ]
  const pageOf = (sections: readonly (Section | undefined)[]): string =>
    page(`${completeness(summary)} · maskscore`, completenessHead(summary), sections.filter(isThere)).text
  const used = Buffer.byteLength(pageOf([...before, ...after]))
  const pictures = picturesSection(gathered, report, maxPage - used - roomOfSection)
  return [pageOf([...before, pictures, ...after])]
}

/** What a section takes beside the pictures in it. */
const roomOfSection = 4096

const isThere = (section: Section | undefined): section is Section => section !== undefined

const page = (title: string, head: Html, sections: readonly Section[]): Html => html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${new Html(reportPolicy)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>${title}</title>
<style>${new Html(style)}</style>
</head>
<body>
<a class="skip" href="#scores">Skip to the scores</a>
<div class="page">
<nav aria-label="Contents"><ol>${sections.map(({ id, title: name }) => html`<li><a href="#${id}">${name}</a></li>`)}</ol></nav>
${head}
<main>${sections.map(sectionHtml)}
</main>
</div>
<script>${new Html(script)}</script>
</body>
</html>
`
