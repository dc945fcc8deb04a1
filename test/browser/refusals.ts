import type { Page } from 'playwright-core'
import { problems } from '../../src/problems/catalogue.ts'

/** Codes of refusals, by which answers are made. */
export type Code = keyof typeof problems

/** An answer that refuses a call with a code, as `fulfill` of a route takes it. */
export function refusal(code: Code, retryAfter?: number) {
  const { status, title, remedy } = problems[code]
  const errors = [{ pointer: '/prediction', code, message: `what is wrong with <b>${code}</b>` }]
  const about = { type: `/problems/${code}`, title, status, detail: `Detail of ${code}.`, code, remedy }
  return {
    status: status === 499 ? 500 : status,
    contentType: 'application/problem+json',
    headers: retryAfter ? { 'retry-after': String(retryAfter) } : {},
    body: JSON.stringify({ ...about, request_id: 'r-1', errors }),
  }
}

const plain = (text: string) => text.replaceAll('`', '')

/** What has to be read of a refusal. */
export const partsOf = (code: Code): string[] => [
  plain(problems[code].title),
  `Detail of ${code}.`,
  plain(problems[code].remedy),
  `/prediction what is wrong with <b>${code}</b>`,
  code,
]

export interface Contract {
  readonly paths: Readonly<Record<string, Readonly<Record<string, { readonly responses: object }>>>>
}

/** The codes that a call may be refused with, as the contract of the service says. */
export function codesOf({ paths }: Contract, call: string): Code[] {
  const [method, path] = call.split(' ')
  return [...JSON.stringify(paths[path][method].responses).matchAll(/"enum":\[("[A-Z_]+"(?:,"[A-Z_]+")*)\]/g)]
    .flatMap(([, codes]) => JSON.parse(`[${codes}]`) as string[])
    .filter((code): code is Code => code in problems)
}

/** Waits for the refusal of a code, and presses "Try again" for each next one. The text of the only box, code by code. */
export function readRefusals(page: Page, codes: readonly Code[]): Promise<string[]> {
  // In the page, as hundreds are read.
  return page.evaluate(`(async (codes) => {
    const boxesIn = (root) => [...root.querySelectorAll('*')].flatMap((one) =>
      one.localName === 'problem-box' ? [one.shadowRoot] : one.shadowRoot ? boxesIn(one.shadowRoot) : [])
    const told = async (code) => {
      for (let times = 0; times < 2000; times++) {
        const boxes = boxesIn(document)
        if (boxes.some((box) => box.querySelector('a[href="problems/' + code + '"]'))) return boxes
        await new Promise((resolve) => setTimeout(resolve, 5))
      }
      throw new Error(code + ' is not told: ' + boxesIn(document).map((box) => box.textContent))
    }
    const texts = []
    for (const [place, code] of codes.entries()) {
      if (place > 0) {
        await refuseWith(code)
        const again = [...boxesIn(document)[0].querySelectorAll('button')].find((one) => one.innerText === 'Try again')
        again.click()
      }
      const boxes = await told(code)
      texts.push(boxes.map((box) => box.querySelector('section').innerText).join(' AND '))
    }
    return texts
  })(${JSON.stringify(codes)})`)
}
