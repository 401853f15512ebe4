import type { PDFDocumentProxy } from 'pdfjs-dist/legacy/build/pdf.mjs'
import { createEffect, createSignal, type JSX, on, onCleanup, Show } from 'solid-js'
import { size } from '../i18n/format.ts'
import { t } from '../i18n/i18n.ts'
import { Button, ButtonLink } from './button.tsx'
import { Loading, Notice } from './status.tsx'

/** A reader has room for the whole length, though it reads pages; larger files are downloaded. */
const mostBytes = 1024 * 1024 * 1024
/** With more of a file in memory it is opened anew at the next page. */
const mostHeldBytes = 96 * 1024 * 1024
/** A piece that did not come is asked for again, later each time. */
const retryMs = [500, 2000, 5000]

export interface DocViewerProps {
  readonly name: string
  readonly bytes: number
  /** Bytes of the file from `begin` to before `end`; asked for as pages need them. */
  readonly read: (begin: number, end: number) => Promise<Uint8Array>
  /** Where it can be downloaded. */
  readonly href: string
  readonly page: number
  readonly onPage: (page: number) => void
}

type State = 'loading' | 'shown' | 'too-large' | 'not-pdf' | 'failed'

/** A PDF page by page: picture, text to select, find. Another kind of file is offered to download. */
export function DocViewer(props: DocViewerProps): JSX.Element {
  const [state, setState] = createSignal<State>('loading')
  const [pdf, setPdf] = createSignal<PDFDocumentProxy | null>(null)
  const [zoom, setZoom] = createSignal(1)
  let turn = 0
  let close = () => {}
  let heldBytes = () => 0

  async function open(mine: number): Promise<void> {
    setState('loading')
    setPdf(null)
    if (props.bytes > mostBytes) {
      setState('too-large')
      return
    }
    const end = (how: State) => {
      if (mine === turn) setState(how)
    }
    const { read } = props
    const insist = async (begin: number, to: number): Promise<Uint8Array> => {
      for (const waitMs of retryMs) {
        try {
          return await read(begin, to)
        } catch (error) {
          if (isRefused(error)) throw error
          await new Promise((resolve) => setTimeout(resolve, waitMs))
          if (mine !== turn) throw new Error('another file is open')
        }
      }
      return read(begin, to)
    }
    try {
      if (!isPdf(await insist(0, Math.min(5, props.bytes)))) return end('not-pdf')
      const { openPdf } = await import('./pdf.ts')
      if (mine !== turn) return
      const opening = openPdf(props.bytes, insist, () => end('failed'))
      close = opening.close
      heldBytes = opening.heldBytes
      const opened = await opening.document
      if (mine !== turn) return
      setPdf(opened)
      setState('shown')
      if (props.page > opened.numPages) props.onPage(1)
    } catch {
      end('failed')
    }
  }
  const reopen = () => {
    turn += 1
    close()
    void open(turn)
  }

  createEffect(on(() => props.href, reopen))
  createEffect(
    on(
      () => props.page,
      () => {
        if (state() === 'shown' && heldBytes() > mostHeldBytes) reopen()
      },
      { defer: true },
    ),
  )
  onCleanup(() => {
    turn += 1
    close()
  })

  return (
    <section class="yg-doc" aria-label={t('doc.label', { name: props.name })}>
      <div class="yg-doc-bar">
        <span class="yg-doc-name" title={props.name}>
          {props.name}
        </span>
        <span class="yg-note">{size(props.bytes)}</span>
        <ButtonLink small kind="plain" href={props.href} download={props.name}>
          {t('doc.download')}
        </ButtonLink>
      </div>
      <Show when={state() === 'loading'}>
        <Loading lines={8} />
      </Show>
      <Show when={state() !== 'loading' && state() !== 'shown'}>
        <Notice tone={state() === 'failed' ? 'danger' : 'plain'} live="polite">
          {t(`doc.${state() as 'too-large' | 'not-pdf' | 'failed'}`)}
        </Notice>
      </Show>
      <Show when={state() === 'shown' && pdf()}>
        {(opened) => (
          <Pages
            pdf={opened()}
            page={props.page}
            onPage={props.onPage}
            zoom={zoom()}
            onZoom={setZoom}
          />
        )}
      </Show>
    </section>
  )
}

/** The server has said no: asking again changes nothing. */
const isRefused = (error: unknown) => {
  const { status = 0 } = error as { status?: number }
  return status >= 400 && status < 500
}

/** A file may say that it is a PDF and be none. */
const isPdf = (bytes: Uint8Array) =>
  [...bytes.subarray(0, 5)].map((b) => String.fromCharCode(b)).join('') === '%PDF-'

interface PagesProps {
  readonly pdf: PDFDocumentProxy
  readonly page: number
  readonly onPage: (page: number) => void
  readonly zoom: number
  readonly onZoom: (zoom: number) => void
}

function Pages(props: PagesProps): JSX.Element {
  const [problem, setProblem] = createSignal(false)
  let paper: HTMLDivElement | undefined
  let canvas: HTMLCanvasElement | undefined
  let text: HTMLDivElement | undefined
  // Who turns fast asks for a page while another is fetched: the last one asked for is drawn.
  let turn = 0
  let cancel = () => {}

  async function draw(number: number, zoom: number): Promise<void> {
    turn += 1
    const mine = turn
    cancel()
    cancel = () => {}
    setProblem(false)
    const { pdf } = props
    try {
      const { drawPage } = await import('./pdf.ts')
      const page = await pdf.getPage(number)
      if (mine !== turn || !paper || !canvas || !text) return
      const widthPx = Math.max(240, paper.clientWidth - 2)
      const drawn = drawPage(page, { canvas, text, widthPx, zoom })
      cancel = drawn.cancel
      await drawn.done
      if (mine === turn) paper.scrollTop = 0
    } catch {
      if (mine === turn) setProblem(true)
    }
  }
  createEffect(
    on(
      () => [props.page, props.zoom] as const,
      ([page, zoom]) => void draw(Math.min(Math.max(page, 1), props.pdf.numPages), zoom),
    ),
  )
  onCleanup(() => {
    turn += 1
    cancel()
  })

  return (
    <>
      <PageBar {...props} />
      <Show when={problem()}>
        <Notice tone="warn" live="polite">
          {t('doc.pageFailed')}
        </Notice>
      </Show>
      <section class="yg-doc-paper" tabindex="0" aria-label={t('doc.page')} ref={paper}>
        <div class="yg-doc-sheet">
          <canvas ref={canvas} />
          <div class="yg-doc-text" ref={text} />
        </div>
      </section>
    </>
  )
}

function PageBar(props: PagesProps): JSX.Element {
  const [sought, setSought] = createSignal('')
  const [found, setFound] = createSignal<string | null>(null)
  let isGone = false
  onCleanup(() => {
    isGone = true
  })
  const go = (page: number) => props.onPage(Math.min(Math.max(page, 1), props.pdf.numPages))

  async function find(): Promise<void> {
    setFound(t('doc.finding'))
    const { pdf } = props
    const { pagesWith } = await import('./pdf.ts')
    // A page that cannot be had ends the search; so does a file that is closed meanwhile.
    const result = await pagesWith(pdf, sought()).catch(() => null)
    if (isGone) return
    if (!result) return void setFound(t('doc.pageFailed'))
    const { pages, hasText } = result
    if (!hasText) setFound(t('doc.noText'))
    else if (pages.length === 0) setFound(t('doc.notFound'))
    else {
      setFound(t('doc.found', { pages: pages.join('、') }))
      go(pages.find((page) => page > props.page) ?? pages[0])
    }
  }

  return (
    <div class="yg-doc-bar">
      <Button small onPress={() => go(props.page - 1)}>
        {t('doc.back')}
      </Button>
      <label class="yg-doc-at">
        <span class="yg-hidden-text">{t('doc.page')}</span>
        <input
          class="yg-input"
          inputmode="numeric"
          value={props.page}
          onChange={(e) => go(Number.parseInt(e.currentTarget.value, 10) || props.page)}
        />
        <span>{t('doc.of', { count: props.pdf.numPages })}</span>
      </label>
      <Button small onPress={() => go(props.page + 1)}>
        {t('doc.forth')}
      </Button>
      <Button small onPress={() => props.onZoom(props.zoom >= 2 ? 1 : props.zoom + 0.5)}>
        {t(props.zoom >= 2 ? 'doc.fit' : 'doc.larger')}
      </Button>
      <form
        class="yg-doc-find"
        onSubmit={(e) => {
          e.preventDefault()
          void find()
        }}
      >
        <input
          class="yg-input"
          id="yg-doc-find"
          type="search"
          aria-label={t('doc.findLabel')}
          value={sought()}
          onInput={(e) => setSought(e.currentTarget.value)}
        />
        <Button small type="submit">
          {t('doc.find')}
        </Button>
      </form>
      <span class="yg-note" role="status">
        {found()}
      </span>
    </div>
  )
}
