import {
  GlobalWorkerOptions,
  getDocument,
  PDFDataRangeTransport,
  type PDFDocumentLoadingTask,
  type PDFDocumentProxy,
  type PDFPageProxy,
  TextLayer,
} from 'pdfjs-dist/legacy/build/pdf.mjs'
import workerUrl from 'pdfjs-dist/legacy/build/pdf.worker.min.mjs?url'

/** pdf.js, loaded only when a PDF is looked at; all it needs comes from this site. */
GlobalWorkerOptions.workerSrc = workerUrl

// Chinese character maps and the fonts that a PDF may leave out.
const parts: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries(
    import.meta.glob<string>(
      [
        '../../node_modules/pdfjs-dist/cmaps/{Adobe-GB1,GB,UniGB}*.bcmap',
        '../../node_modules/pdfjs-dist/standard_fonts/*.{pfb,ttf}',
      ],
      { query: '?url&no-inline', import: 'default', eager: true },
    ),
  ).map(([path, url]) => [path.slice(path.lastIndexOf('/') + 1), url]),
)

class Parts {
  async fetch({ filename }: { filename: string }): Promise<Uint8Array> {
    const url = parts[filename]
    if (!url) throw new Error(`${filename} is not part of this site`)
    return new Uint8Array(await (await fetch(url)).arrayBuffer())
  }
}

/** Bytes of a file from `begin` to before `end`. */
export type ReadPiece = (begin: number, end: number) => Promise<Uint8Array>

/**
 * The pieces of a file that are asked for. Once it is closed none is handed over, also not one
 * that was on its way: pdf.js throws at a piece that nobody waits for any more.
 */
class Pieces extends PDFDataRangeTransport {
  private readonly read: ReadPiece
  private readonly onLost: (error: unknown) => void
  private isClosed = false
  /** Bytes that were handed over; pdf.js keeps them as long as the document is open. */
  held = 0
  constructor(bytes: number, read: ReadPiece, onLost: (error: unknown) => void) {
    super(bytes, null)
    this.read = read
    this.onLost = onLost
  }
  override requestDataRange(begin: number, end: number): void {
    this.read(begin, end).then(
      (piece) => {
        if (this.isClosed) return
        this.held += piece.length
        this.onDataRange(begin, piece)
      },
      (error: unknown) => {
        if (!this.isClosed) this.onLost(error)
      },
    )
  }
  override abort(): void {
    this.isClosed = true
  }
}

/** Only what is asked for is read: a scan of any length opens by its first page. */
const byPieces = {
  disableAutoFetch: true,
  disableStream: true,
  useWorkerFetch: false,
  useWasm: false,
}

/** A piece of a sealed file: a smaller one would be opened for nothing. */
const remotePieceBytes = 256 * 1024
const localPieceBytes = 64 * 1024

/** A PDF that is being opened, or is open. */
export interface OpenPdf {
  /** Rejects where it is no PDF. */
  readonly document: Promise<PDFDocumentProxy>
  /** How much of it is in memory. */
  readonly heldBytes: () => number
  readonly close: () => void
}

/**
 * Opens a PDF piece by piece; the caller closes it.
 * @param onLost a piece could not be read: what waits for it waits for good
 */
export function openPdf(bytes: number, read: ReadPiece, onLost: () => void): OpenPdf {
  const range = new Pieces(bytes, read, onLost)
  // A name of its own: the types of pdf.js do not know every wish that it has.
  const wish = {
    ...byPieces,
    range,
    rangeChunkSize: remotePieceBytes,
    cMapPacked: true,
    cMapUrl: '/',
    standardFontDataUrl: '/',
    BinaryDataFactory: Parts,
  }
  const task = getDocument(wish)
  return { document: task.promise, heldBytes: () => range.held, close: () => shut(task, range) }
}

/** Pieces first: the worker drops its own waiting ones before it has pdf.js tell the transport. */
async function shut(task: PDFDocumentLoadingTask, pieces: Pieces): Promise<void> {
  pieces.abort()
  await task.destroy()
}

/** What can be told of a PDF without reading it through. */
export interface PdfFacts {
  /** Whether a password is asked for before it opens. */
  readonly isLocked: boolean
  readonly pages: number | null
}

/**
 * Opens a file of this device as a reader would, without a password.
 * @throws where it is no PDF that pdf.js understands
 */
export async function pdfFacts(file: Blob): Promise<PdfFacts> {
  const read: ReadPiece = async (begin, end) =>
    new Uint8Array(await file.slice(begin, end).arrayBuffer())
  let onLost = (_error: unknown) => {}
  const lost = new Promise<never>((_resolve, reject) => {
    onLost = reject
  })
  const range = new Pieces(file.size, read, (error) => onLost(error))
  const task = getDocument({ ...byPieces, range, rangeChunkSize: localPieceBytes, verbosity: 0 })
  try {
    const { numPages } = await Promise.race([task.promise, lost])
    return { isLocked: false, pages: numPages }
  } catch (error) {
    if ((error as Error).name !== 'PasswordException') throw error
    return { isLocked: true, pages: null }
  } finally {
    await shut(task, range)
  }
}

/** A page as it is drawn: picture, and text over it that can be selected. */
export interface DrawnPage {
  /** Rejects where it cannot be drawn, or is cancelled. */
  readonly done: Promise<void>
  readonly cancel: () => void
}

/**
 * Draws at once what the place has room for; the page drawn there before is cancelled first.
 * @param widthPx of the place it is drawn into, CSS pixels
 */
export function drawPage(
  page: PDFPageProxy,
  place: { canvas: HTMLCanvasElement; text: HTMLElement; widthPx: number; zoom: number },
): DrawnPage {
  const natural = page.getViewport({ scale: 1 })
  const scale = (place.widthPx / natural.width) * place.zoom
  const viewport = page.getViewport({ scale })
  const { canvas, text } = place
  const ratio = Math.min(globalThis.devicePixelRatio || 1, 2)
  canvas.width = Math.floor(viewport.width * ratio)
  canvas.height = Math.floor(viewport.height * ratio)
  canvas.style.width = `${Math.floor(viewport.width)}px`
  canvas.style.height = `${Math.floor(viewport.height)}px`
  text.style.setProperty('--scale-factor', String(scale))
  text.style.setProperty('--total-scale-factor', String(scale))
  text.style.setProperty('--scale-round-x', '1px')
  text.style.setProperty('--scale-round-y', '1px')
  text.replaceChildren()
  const task = page.render({ canvas, viewport, transform: [ratio, 0, 0, ratio, 0, 0] })
  const layer = new TextLayer({
    textContentSource: page.streamTextContent(),
    container: text,
    viewport,
  })
  const done = Promise.all([task.promise, layer.render()]).then(() => {
    page.cleanup()
  })
  const cancel = () => {
    task.cancel()
    layer.cancel()
  }
  return { done, cancel }
}

/** Pages that hold the text, spaces ignored; empty also where the file has no text at all. */
export async function pagesWith(
  pdf: PDFDocumentProxy,
  wanted: string,
): Promise<{ pages: number[]; hasText: boolean }> {
  const plain = (text: string) => text.replace(/\s+/g, '').toLowerCase()
  const sought = plain(wanted)
  const pages: number[] = []
  let hasText = false
  for (let number = 1; number <= pdf.numPages; number++) {
    const { items } = await (await pdf.getPage(number)).getTextContent()
    const text = plain(items.map((item) => ('str' in item ? item.str : '')).join(''))
    if (text) hasText = true
    if (sought && text.includes(sought)) pages.push(number)
  }
  return { pages, hasText }
}
