import type { Content, TDocumentDefinitions } from 'pdfmake/interfaces.js'
import { formatBeijing } from '../kernel/calendar.ts'

/**
 * How the platform's documents look: A4, black on white, a head that names document and trade, a
 * foot with page and digest, so that a printed page can be held against its record.
 */
export interface DocumentHead {
  readonly title: string
  readonly trade: string
  readonly name: string
  readonly issuedAt: string
  /** base64url digest of the record that the document shows. */
  readonly digest: string
  /** Where the record is shown and checked; drawn as a code as well. */
  readonly address: string
}

/**
 * Characters that nothing can show (controls, marks of direction) become a box with their code. What
 * the font has no glyph for, a rare character of a name, becomes the same where the page is made.
 */
export function printable(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Cn}]/gu, (c) =>
    c === '\n' ? c : `□U+${c.codePointAt(0)?.toString(16).toUpperCase().padStart(4, '0')}`,
  )
}

/** Name and value, one a line. */
export function facts(rows: readonly (readonly [string, string])[]): Content {
  return {
    layout: 'lightHorizontalLines',
    margin: [0, 4, 0, 12],
    table: {
      widths: [110, '*'],
      body: rows.map(([name, value]) => [
        { text: printable(name), color: '#454d5a' },
        printable(value),
      ]),
    },
  }
}

/**
 * A table with a head that repeats on each page. `right` names the columns of figures, `widths`
 * (points, or `*` for what is left) is for tables that are too wide by their text.
 */
export function rows(
  head: readonly string[],
  body: readonly (readonly string[])[],
  right: readonly number[] = [],
  widths: readonly (number | '*' | 'auto')[] = head.map(() => 'auto'),
): Content {
  const cell = (text: string, i: number) => ({
    text: printable(text),
    alignment: right.includes(i) ? ('right' as const) : ('left' as const),
  })
  return {
    margin: [0, 4, 0, 12],
    table: {
      headerRows: 1,
      widths: [...widths],
      body: [
        head.map((text, i) => ({ ...cell(text, i), bold: true, fillColor: '#eceff3' })),
        ...body.map((row) => row.map(cell)),
      ],
    },
  }
}

export const heading = (text: string): Content => ({
  text: printable(text),
  fontSize: 12,
  bold: true,
  margin: [0, 8, 0, 2],
})
export const paragraph = (text: string): Content => ({
  text: printable(text),
  margin: [0, 0, 0, 6],
})

/** A definition that a thread can be sent; its foot is made there, with the page's number. */
export interface PrintedDocument {
  readonly definition: TDocumentDefinitions
  readonly footerText: string
}

/** The whole document. */
export function documentOf(head: DocumentHead, content: Content[]): PrintedDocument {
  const definition: TDocumentDefinitions = {
    pageSize: 'A4',
    pageMargins: [48, 60, 48, 56],
    defaultStyle: { font: 'NotoSansSC', fontSize: 9.5, lineHeight: 1.25 },
    info: { title: `${head.title} ${head.trade}` },
    header: {
      margin: [48, 24, 48, 0],
      columns: [
        { text: '阳光 · 公共资源交易', fontSize: 8, color: '#5a6370' },
        { text: head.trade, fontSize: 8, color: '#5a6370', alignment: 'right' },
      ],
    },
    content: [
      { text: head.title, fontSize: 18, bold: true, alignment: 'center', margin: [0, 0, 0, 4] },
      { text: printable(head.name), fontSize: 11, alignment: 'center', margin: [0, 0, 0, 12] },
      ...content,
      {
        unbreakable: true,
        margin: [0, 8, 0, 0],
        columnGap: 12,
        columns: [
          { qr: head.address, fit: 80, width: 'auto' },
          {
            width: '*',
            stack: [
              paragraph(`生成时间 ${formatBeijing(head.issuedAt)}（北京时间）`),
              paragraph(`记录摘要 ${head.digest}`),
              paragraph(`扫码核对 ${head.address}`),
            ],
          },
        ],
      },
    ],
  }
  return { definition, footerText: `记录摘要 ${head.digest}` }
}
