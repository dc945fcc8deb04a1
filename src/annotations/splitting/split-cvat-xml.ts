import { SaxesParser } from 'saxes'
import { Refusal } from '../../problems/refusal.ts'
import { CvatVideos } from './cvat-videos.ts'
import type { DocumentImage } from './document-image.ts'
import { splitCvatVideo } from './split-cvat-video.ts'

/**
 * The images of "CVAT for images 1.1": each `<image>` element as it stands in the document, alone; or the frames of "CVAT for
 * video 1.1". Nothing else of the XML is kept; the reader of one image checks all of it again.
 * @throws Refusal INVALID_ANNOTATION for what is no XML, or holds both
 */
export function splitCvatXml(source: string): Iterable<DocumentImage> {
  const parser = new SaxesParser()
  const images: DocumentImage[] = []
  const videos = new CvatVideos()
  /** Where each element that is open begins. Tracks within a track are the points of a skeleton. */
  const starts: number[] = []
  let text = ''
  let isTrack = false
  parser.on('error', (error) => {
    throw invalid(`cannot be read: ${error.message.replace(/\.$/, '')}`)
  })
  parser.on('doctype', () => {
    throw invalid('has a document type, which is not read')
  })
  parser.on('text', (part) => {
    text = part
  })
  parser.on('opentag', ({ name, attributes }) => {
    const start = source.lastIndexOf('<', parser.position - 1)
    starts.push(start)
    text = ''
    if (starts.length === 2) {
      isTrack = name === 'track'
      if (isTrack) videos.track(source.slice(start, parser.position), attributes)
    } else videos.meta.open(name)
  })
  parser.on('closetag', ({ name, attributes }) => {
    const depth = starts.length
    const element = source.slice(starts.pop(), parser.position)
    if (depth === 2 && name === 'image')
      images.push({
        name: nameOf(attributes),
        format: 'cvat_shapes',
        text: `<annotations>${element}</annotations>`,
      })
    else if (depth === 3 && isTrack && name !== 'track') videos.key(element, attributes)
    else videos.meta.close(name, text)
    text = ''
  })
  parser.write(source).close()
  if (images.length > 0 && !videos.isEmpty)
    throw invalid('holds images and tracks: export "CVAT for images 1.1" or "CVAT for video 1.1"')
  return images.length > 0 ? images : framesOf(videos)
}

function* framesOf(videos: CvatVideos): Generator<DocumentImage> {
  for (const video of videos.list()) yield* splitCvatVideo(video)
}

function nameOf({ id = '', name = id, subset, task_id }: Readonly<Record<string, string>>): string {
  return [task_id, subset, name].filter((part) => part !== undefined).join('/')
}

const invalid = (why: string): Refusal => new Refusal('INVALID_ANNOTATION', `The XML ${why}.`)
