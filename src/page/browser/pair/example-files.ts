import { answered } from '../api/ask.ts'

/** The example that comes with the service: one real pair. */
export async function exampleFiles(): Promise<File[]> {
  const names = ['ground-truth.png', 'prediction.png']
  return Promise.all(
    names.map(async (name) => {
      const response = await answered(await fetch(new URL(`../../example/${name}`, import.meta.url)))
      return new File([await response.blob()], name, { type: 'image/png' })
    }),
  )
}
