import { pairPicture } from './pair-picture.ts'

type Rows = readonly (readonly number[])[]
interface Example {
  readonly ground_truth: { readonly data: Rows }
  readonly prediction: { readonly data: Rows }
}

/** A picture of a page and the example that follows it. */
const pictured = /!\[[^\]]*\]\((images\/[\w-]+\.svg)\)\n\n```json\n([\s\S]*?)```/g

/** The pictures of a page's examples, by their paths in the page's folder: what is seen is what is scored. */
export function examplePictures(page: string): Record<string, string> {
  return Object.fromEntries(
    [...page.matchAll(pictured)].map(([, path, text]) => {
      const { ground_truth, prediction } = JSON.parse(text) as Example
      return [path, pairPicture({ 'ground truth': ground_truth.data, prediction: prediction.data })]
    }),
  )
}
